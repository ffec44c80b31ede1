// Where read marks are kept: that of a room and that of a thread. `send(seq)` returns whether it went out, `save(seq)`
// rejects where the server refuses, and `onChange(listener, options)` hears of other tabs and devices.
import { requestJson } from "lib/api"
import { connection } from "lib/connection"

export const buildReadMark = ({ room, thread }) => (thread ? buildThreadMark(thread) : buildRoomMark(room))

const buildRoomMark = (room) => ({
  send: (seq) => connection.send({ type: "read", room, seq }),
  save: (seq) => requestJson("PUT", `/rooms/${room}/read`, { seq }),
  // That the user was added to this room may stand at the bell: it is read with the room, which may say nothing new.
  isOpeningNews: () => Boolean(document.querySelector(".bell-count:not([hidden])")),
  onChange: (listener, options) => {
    connection.on("read", (frame) => frame.room === room && listener(frame.seq), options)
  },
})

const buildThreadMark = (thread) => {
  const save = (seq) => requestJson("PUT", `/messages/${thread}/thread/read`, { seq })
  return {
    send: (seq) => {
      // Sent again with the next message, or when the connection is back.
      save(seq).catch(() => {})
      return connection.isUp
    },
    save,
    isOpeningNews: () => false,
    onChange: (listener, options) => {
      connection.on("thread.read", (frame) => frame.thread_id === thread && listener(frame.seq), options)
    },
  }
}
