import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { issuer } from './issuer.ts'

// Both names are `localhost` to the browser: another port is another origin, but the same site.
const server = { port: 5173, strictPort: true }

export default defineConfig({ plugins: [react(), issuer()], server, preview: server })
