// Tell what the current user may do with the messages of a feed.
import { currentUser } from "users/current-user"

const MINUTE = 60

export class MessagePermissions {
  #administers
  #editWindow
  #deleteWindow

  // The attributes of a <room-feed>. `editWindow` and `deleteWindow` are minutes, without them it is always.
  constructor({ read, canWrite, administers, showsReaders, editWindow, deleteWindow }) {
    this.isMember = read !== undefined // of the room; others are visitors
    this.canWrite = canWrite === "true"
    this.showsReaders = this.isMember && showsReaders === "true"
    this.#administers = administers === "true"
    this.#editWindow = editWindow
    this.#deleteWindow = deleteWindow
  }

  canEdit(item) {
    const { dataset } = item
    if (item.querySelector(".message__origin")) return false // the words of another
    return this.canWrite && dataset.author === currentUser.id && isWithin(this.#editWindow, dataset.at)
  }

  canDelete({ dataset }) {
    if (!this.canWrite || this.#administers) return this.canWrite
    return dataset.author === currentUser.id && isWithin(this.#deleteWindow, dataset.at)
  }
}

const isWithin = (minutes, at) => minutes === undefined || Date.now() / 1000 < Number(at) + minutes * MINUTE
