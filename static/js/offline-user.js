// Say whose drafts the page without network shows, as `data-user` does elsewhere: those of who was signed in last.
try {
  document.documentElement.dataset.user = JSON.parse(localStorage.getItem("atrium.offline-user"))
} catch {
  // Without storage nothing is kept.
}
