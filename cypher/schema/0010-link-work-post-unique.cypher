// Posts whose waiting shares still have to be linked; committed together with the cursor, so a crash loses none.
// params: none · rows: none
CREATE CONSTRAINT link_work_post IF NOT EXISTS FOR (work:LinkWork) REQUIRE work.postId IS UNIQUE
