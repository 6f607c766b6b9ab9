// The page that opened this one may be of the emulator's other host, so the message names no target. It holds nothing, and the
// page that gets it asks the server what happened.
if (window.opener instanceof Object) {
  window.opener.postMessage({ type: 'pipedream-emulator:finished' }, '*')
}
window.close()
