// On the pages of the settings: whoever is there is here.
import { connection } from "lib/connection"
import { followPeople } from "users/user-updates"
import { startPresence } from "users/presence"

startPresence()
followPeople()
connection.start()
