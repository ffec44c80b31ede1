// Scroll a strip of tabs that is wider than the window to the one that is open.
export function showCurrentTab() {
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" })
}
