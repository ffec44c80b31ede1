// Read the items of a feed: from the server's HTML, and their place in the room.
export function parseItems(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  return [...template.content.querySelectorAll(".feed__item")]
}

export const readSeq = (item) => Number(item?.dataset.seq ?? 0)
