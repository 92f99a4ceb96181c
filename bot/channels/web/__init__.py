"""The web page: the same conversation in a browser.

What the page and the server say to each other (all JSON is UTF-8, all times ISO 8601 in UTC):

GET  /                     the page; sets the visitor's cookie (256 random bits; only its hash is stored)
GET  /static/…             scripts, styles, icons
GET  /admin?key=…          uses up the key printed in the terminal: this visitor is an admin now; goes to /
GET  /api/me               {language, admin, name, rooms: [{id: "chat"|"duty", title}]}
GET  /api/history          ?room=&before=<id>&limit= → {messages (oldest first), more, seq, keyboard}
GET  /api/events           ?after=chat:12,duty:30 → server-sent events; the id of each is such a cursor again
       message  {…Message}                        new or changed: put by id
       typing   {room, seconds}
       toast    {room, text, alert}               the short answer to a pressed button; text may be null
       me       {…/api/me}                        language or rooms changed
       reset    {}                                too much was missed: load the history again
       beat     {}                                every 15 s
POST /api/messages         {room, client_id, text | location: {lat, lon, accuracy}, reply_to} → {message}
POST /api/photos           multipart: room, client_id, reply_to, caption, then up to 10 × photo
                           → {message, rejected: [{name, error, text}]}; nothing usable: 413 or 415
POST /api/press            {room, message_id, data, client_id} → {}
GET  /media/<signature>/…  a photo or file; the signature holds only for who may read the message

Message: {id, room, seq, mine, date, html, edited, ask_reply, client_id,
          photos: [{thumb, full, width, height, alt}] (thumb null: not here yet),
          file: {name, url, size} | null, location: {lat, lon} | null,
          buttons: [[{text, data | null, url | null}]],
          keyboard: {rows: [[{text, request_location}]]} | {remove: true} | null, reply_to: {id, text} | null}

Every failed call answers {error, text}: a code, and words in the person's language. Every POST must come from
the page itself (Sec-Fetch-Site or Origin), and may be repeated: a client_id is taken once.
"""
