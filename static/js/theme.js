// Runs before first paint, so that a kept theme never flashes. Signed in, the account's choice wins; signed out, this browser's.
const root = document.documentElement
const chosen = root.dataset.themeChoice

function apply(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme
  else delete root.dataset.theme
}

root.classList.add("js")
try {
  if (chosen) localStorage.setItem("atrium.theme", chosen)
  else apply(localStorage.getItem("atrium.theme"))
} catch {
  // A browser that keeps nothing shows the system's theme.
}
