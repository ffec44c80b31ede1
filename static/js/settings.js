// Entry point of the settings: users who visit them are online too.
import { connection } from "lib/connection"
import { startPresence } from "users/presence"
import { startUserUpdates } from "users/user-updates"

startPresence()
startUserUpdates()
connection.start()
