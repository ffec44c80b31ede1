// Errors of requests to the server, over HTTP or the socket; `message` can be shown to the user.
import { gettext } from "lib/i18n"

// The server understood and refused: repeating the request won't help. `status` is 0 over the socket. `members` is all
// that the server said.
export class RequestRefused extends Error {
  constructor(status, code, detail, members = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.members = members
  }
}

// The server answered that it can't do it now: repeating the request may help. `status` is 0 over the socket.
export class ServerUnavailable extends Error {
  constructor(detail, status = 0) {
    super(detail)
    this.status = status
  }
}

// No answer came. A browser's own message for that is technical and in its own language.
export class ServerUnreachable extends Error {
  constructor() {
    super(gettext("The server can’t be reached. Try again when you’re connected."))
  }
}

// The socket closed before the answer came.
export class ConnectionLost extends Error {}
