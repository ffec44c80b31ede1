// Go to a page of our own as by a click on a link to it: rooms are shown without loading a page, and what is being
// written is kept.
export function followLink(url) {
  const link = Object.assign(document.createElement("a"), { href: url, hidden: true })
  document.body.append(link)
  link.click()
  link.remove()
}
