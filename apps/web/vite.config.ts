import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { fastFirstPage } from './build/fast-first-page.ts'
import { listDocuments } from './build/list-documents.ts'
import { pageSettings } from './build/page-settings.ts'

// In development Vite stands where the gateway stands in production, so that cookies and paths are the same:
// one origin, http://localhost:3000. The gateway itself listens one port further.
const GATEWAY = 'http://localhost:3001'
const GATEWAY_PATHS = ['/graphql', '/auth', '/api', '/connect', '/webhooks', '/health', '/metrics']

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    listDocuments(),
    fastFirstPage(),
    pageSettings(resolve(import.meta.dirname, '../..')),
  ],
  // The gateway puts its base path in front of what the page names; scripts find each other by their own addresses.
  base: './',
  server: {
    port: 3000,
    strictPort: true,
    proxy: Object.fromEntries(GATEWAY_PATHS.map((path) => [path, GATEWAY])),
  },
  // `pipedream-client/react` takes this app's React, also where the package has none of its own installed.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    target: 'es2022',
    // The document names the first page's files itself. What the other pages load beside them is a few hundred bytes, less
    // than the code that would ask for it ahead.
    modulePreload: false,
  },
})
