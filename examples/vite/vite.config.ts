import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { issuer } from './issuer.ts'

// Page and gateway are both on `localhost`: different ports are different origins, but the same site.
const server = { port: 5173, strictPort: true }

export default defineConfig({ plugins: [react(), issuer()], server, preview: server })
