/** The script of the home page: copies the settings. */
const lines = document.querySelector('[data-lines]')
const status = document.querySelector('[data-status]')

/** @param {string} sentence */
function say(sentence) {
  if (status !== null) status.textContent = sentence
}

async function copy() {
  if (lines === null) return
  try {
    await navigator.clipboard.writeText(`${lines.textContent ?? ''}\n`)
    say('Copied')
  } catch {
    // Browsers allow clipboard access only on https and localhost.
    getSelection()?.selectAllChildren(lines)
    say('Selected: copy with your keyboard')
  }
}

const button = document.querySelector('[data-do="copy"]')
button?.addEventListener('click', () => void copy())
// Disabled until the listener is in place.
button?.removeAttribute('disabled')
