// Upload the files of all composers and of the library, and send the messages that wait for some. Loaded with the first
// file that is chosen, or where a page before this one has left some.
import { announceProgress } from "attachments/progress-announcer"
import { startUploads } from "attachments/uploads"
import { followWaitingMessages } from "attachments/waiting-messages"

startUploads()
followWaitingMessages()
announceProgress()
