// Draw the picture or the emoji of a room before its name, in place of the sign of its kind.
export function showRoomIcon(icon, { emoji, picture_url: pictureUrl }) {
  if (!icon) return
  icon.querySelector(":scope > :not(.icon)")?.remove()
  if (pictureUrl) {
    const picture = Object.assign(new Image(256, 256), { className: "room-icon__picture", alt: "", src: pictureUrl })
    icon.append(picture)
  } else if (emoji) {
    icon.append(Object.assign(document.createElement("span"), { className: "room-icon__emoji", textContent: emoji }))
  }
}
