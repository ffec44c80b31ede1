// What files on their way to a task belong to.
const PREFIX = "task."

export const buildTaskPlace = (id) => PREFIX + id

// The id of the task, null for files of drafts and of the library.
export const readTaskOfPlace = (place) => (place.startsWith(PREFIX) ? place.slice(PREFIX.length) : null)
