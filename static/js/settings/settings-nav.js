// On a phone the settings' sections are a strip that scrolls: the current one begins in view.
const current = document.querySelector(".settings__nav [aria-current]")
const strip = current?.parentElement

if (strip) strip.scrollLeft = current.offsetLeft - (strip.clientWidth - current.offsetWidth) / 2
