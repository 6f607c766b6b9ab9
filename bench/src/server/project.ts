/** The invented project that every contender uses. */
export const PROJECT = {
  clientId: 'bench-client',
  clientSecret: 'bench-secret',
  projectId: 'proj_bench',
  projectEnvironment: 'production',
} as const

export const SERVICE_KEY = 'bench-service-key-that-opens-nothing-elsewhere'
export const ISSUER = 'https://bench.example.com/'
export const AUDIENCE = 'bench'
