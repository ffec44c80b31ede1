// Scroll the sections of the settings, a strip on a phone, to the current one.
const current = document.querySelector(".settings__nav [aria-current]")
const strip = current?.parentElement

if (strip) strip.scrollLeft = current.offsetLeft - (strip.clientWidth - current.offsetWidth) / 2
