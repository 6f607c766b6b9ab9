/** The script of the front page: copies the lines to set. */
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
    // Browsers open the clipboard to https and localhost alone.
    getSelection()?.selectAllChildren(lines)
    say('Marked: copy it with your keyboard')
  }
}

const button = document.querySelector('[data-do="copy"]')
button?.addEventListener('click', () => void copy())
// Disabled until now, because nothing listened to it.
button?.removeAttribute('disabled')
