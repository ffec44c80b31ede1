"""What holds for files in a folder holds for those in a bucket: the same tests."""

# ruff: noqa: F401
from tests.assets.test_cleanup import (
    gone,
    test_a_month_after_its_deletion_a_file_goes_with_its_bytes,
    test_bytes_stay_as_long_as_another_file_has_them,
    test_rows_without_a_file_are_told,
    test_what_is_deleted_makes_room_where_there_is_none,
    test_what_stands_nowhere_goes_after_a_day,
)
from tests.assets.test_delivery import (
    asset,
    fetch,
    test_a_head_has_no_body,
    test_a_lost_file_is_missing_and_logged,
    test_a_part_behind_the_end_is_refused,
    test_a_part_is_answered,
    test_a_part_of_other_bytes_is_none,
    test_access_is_asked_for_each_time,
    test_all_is_answered_where_no_part_is_asked_for_that_we_know,
    test_pages_send_them_too,
    test_what_a_browser_has_is_not_sent_again,
)
from tests.assets.test_processing import (
    test_a_picture_gets_two_thumbnails_by_a_job,
    test_repeating_it_replaces_what_was_made,
)
from tests.assets.test_storing import (
    test_a_file_has_a_limit_that_is_named,
    test_a_file_is_stored_with_what_its_bytes_say,
    test_a_stranger_stores_nothing,
    test_an_empty_file_is_a_file,
    test_bytes_that_go_while_their_equals_arrive_are_stored_again,
    test_equal_bytes_are_stored_once_in_an_organisation,
    test_equal_bytes_that_arrive_at_once_are_stored_once,
    test_organisations_share_no_bytes,
    test_the_quota_counts_each_byte_once,
)
