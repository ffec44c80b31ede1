// Entry point of the settings: users who visit them are online too.
import { connection } from "lib/connection"
import { startPresence } from "users/presence"
import { startUserUpdates } from "users/user-updates"
import { startWebApp } from "web-app/service-worker"
import "elements/push-devices"

startPresence()
startUserUpdates()
connection.start()
startWebApp()
