import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compileDocuments, withoutParser } from './build/compile-documents.ts'
import { inlineStyles } from './build/inline-styles.ts'
import { lightIcons } from './build/light-icons.ts'
import { pageSettings } from './build/page-settings.ts'

// In development Vite is where the gateway is in production, so that cookies and paths are the same: one origin,
// http://localhost:3000. It proxies to the gateway, which listens on the next port.
const GATEWAY = 'http://localhost:3001'
const GATEWAY_PATHS = ['/graphql', '/auth', '/api', '/connect', '/webhooks', '/health', '/metrics']

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    compileDocuments(),
    withoutParser(),
    lightIcons(),
    inlineStyles(),
    pageSettings(resolve(import.meta.dirname, '../..')),
  ],
  // The gateway prefixes URLs in the page with its base path; scripts import each other by relative URLs.
  base: './',
  server: {
    port: 3000,
    strictPort: true,
    proxy: Object.fromEntries(GATEWAY_PATHS.map((path) => [path, GATEWAY])),
  },
  // `pipedream-client/react` uses this app's React, also where the package has its own.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    target: 'es2022',
    // The chunks that the other pages share are smaller than Vite's preload code.
    modulePreload: false,
    // One file for the first page: several would compress worse, and load one after the other.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
})
