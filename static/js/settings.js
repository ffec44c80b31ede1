// On the pages of the settings: whoever is there is here.
import { connection } from "lib/connection"
import { followPeople } from "lib/people"
import { startPresence } from "lib/presence"

startPresence()
followPeople()
connection.start()
