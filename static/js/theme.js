// Set the theme before the first paint. A user's account decides; without one, what this browser had last.
const root = document.documentElement
const choice = root.dataset.themeChoice

function setTheme(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme
  else delete root.dataset.theme
}

root.classList.add("js")
try {
  if (choice) localStorage.setItem("atrium.theme", choice)
  else setTheme(localStorage.getItem("atrium.theme"))
} catch {
  // Without storage the system's theme applies.
}
