// The page that opened this one may be on the emulator's other host, so the message names no target origin. It has
// no content: the receiving page asks the server for the result.
if (window.opener instanceof Object) {
  window.opener.postMessage({ type: 'pipedream-emulator:finished' }, '*')
}
window.close()
