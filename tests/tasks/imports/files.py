"""Files as other systems export them, each small."""

from __future__ import annotations

JIRA = (
    "Summary,Issue key,Issue id,Parent id,Status,Priority,Assignee,Due Date,Original Estimate,Time Spent,Labels,Labels,"
    "Comment,Comment,Votes\r\n"
    "Mend the pier,SEA-1,100,,In Progress,Highest,bob,05/Mar/26 3:12 PM,7200,1800,harbour,wood,"
    '"05/Mar/26 4:00 PM;Bob Okafor;First line\nsecond; line",,3\r\n'
    "Buy planks,SEA-2,101,100,Done,Medium,nobody,,,,wood,,,,\r\n"
    ",SEA-3,102,,To Do,Low,,,,,,,,,\r\n"
)
TRELLO_CSV = (
    "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,Attachment Links,Comment Count,"
    "List Name,Archived,Start Date,Due Complete\n"
    '5f1,Varnish,https://trello.example/c/5f1,Two *coats*,"Urgent (red_dark),(green)","bob,mia",'
    "2026-03-05T12:00:00.000Z,"
    "https://files.example/a b.png,2,Doing,false,2026-03-01T12:00:00.000Z,false\n"
    "5f2,Sweep,https://trello.example/c/5f2,,,,,,0,Someday,true,,false\n"
)
LINEAR = (
    '"ID","Team","Title","Description","Status","Estimate","Priority","Creator","Assignee","Labels","Created",'
    '"Completed","Archived","Due Date","Parent issue"\n'
    '"SEA-7","Sea","Rig the mast","","In Review","3","Urgent","mia@example.com","bob@halyard.example","Bug, Deck",'
    '"2026-01-01T10:00:00.000Z","","","2026-03-09",""\n'
    '"SEA-8","Sea","Order rope","","Done","","No priority","","","","2026-01-02T10:00:00.000Z",'
    '"2026-01-03T10:00:00.000Z","","","SEA-7"\n'
)
ASANA_OF_SHEETS = (
    "\n\nhttps://app.asana.com/0/123,,,\n\nTask ID,Name,Section/Column,Due Date,Notes,Parent task\n"
    "1.21143E+15,Plan the trip,Later,22/9/2025,Soon,\n1.21143E+15,Book a berth,Later,1/2/2025,,Plan the trip\n"
)
