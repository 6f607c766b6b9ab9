import { findChromium } from './find-chromium.ts'

// Runs as this package's build step, so that the browser is complete before parallel test files start it.
await findChromium()
