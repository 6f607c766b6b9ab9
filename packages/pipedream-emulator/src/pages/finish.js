// Only the emulator's own page is told, and it asks the server what happened: the message itself proves nothing.
if (window.opener instanceof Object) {
  window.opener.postMessage({ type: 'pipedream-emulator:finished' }, window.location.origin)
}
window.close()
