"""Forty items of OWASP's ASVS 5.0 that openmash holds itself to: what is promised, which tests show it, what is left.

Every test that is named has to exist (`tests/house/test_asvs.py`). What no test shows is said, with the reason.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """`asvs` are its numbers in ASVS 5.0; `tests` are "file::test"; `rest` is what the tests do not show, and why."""

    asvs: str
    promise: str
    tests: tuple[str, ...] = ()
    rest: str = ""

    @property
    def result(self) -> str:
        if not self.tests:
            return self.rest
        return f"Tested in part. {self.rest}" if self.rest else "Tested"


_GRANTING = "openmash/agencies/tests/test_granting.py"
_RESET = f"{_GRANTING}::test_a_reset_ends_password_factor_and_every_session_and_begins_anew_by_email"
ITEMS = (
    Item(
        "V1.2.1, V1.2.3",
        "What people typed is never markup",
        (
            "openmash/design/tests/test_components.py::test_words_of_people_are_never_markup",
            "openmash/design/tests/test_gallery.py::test_no_page_has_inline_script_or_style",
            "tests/house/test_typed.py::test_what_was_typed_is_words_on_every_page",
            "tests/house/test_typed.py::test_what_would_be_markup_and_what_would_be_fetched_is_noticed",
            "tests/house/test_typed.py::test_what_is_typed_at_the_door_is_words_too",
        ),
    ),
    Item(
        "V1.2.4",
        "SQL has parameters",
        ("openmash/desk/tests/test_odd_requests.py::test_no_question_breaks_a_page",
         "openmash/desk/tests/test_odd_requests.py::test_no_form_breaks_a_page"),
        "Odd text is sent to every page; that no SQL is put together from text is a rule of the linter (S608).",
    ),
    Item(
        "V1.2.10, level 3",
        "No cell of a file is run as a formula",
        ("openmash/kit/tests/test_cells.py::test_no_cell_begins_as_a_formula_does_and_no_word_is_lost",
         "openmash/desk/tests/test_hand_over.py::test_the_table_has_a_line_for_each_person_and_calculates_nothing"),
    ),
    Item(
        "V1.3.6",
        "The server fetches nothing from an address that a user typed",
        ("openmash/agencies/tests/test_organisations.py::test_another_issuer_is_refused_before_and_after",
         "tests/house/test_typed.py::test_what_was_typed_is_words_on_every_page",
         "tests/house/test_typed.py::test_what_would_be_markup_and_what_would_be_fetched_is_noticed"),
        "The only addresses it asks are those of the settings; that no page makes a connection is tried, that the "
        "machine lets none out is whoever runs the hub's.",
    ),
    Item(
        "V1.3.7",
        "No template is made from what somebody typed",
        ("openmash/desk/tests/test_information_record.py::test_whatever_somebody_typed_is_printed_and_never_run",
         "tests/house/test_house.py::test_a_page_is_rendered_through_the_one_helper",
         "tests/house/test_typed.py::test_what_was_typed_is_words_on_every_page"),
    ),
    Item(
        "V1.3.11",
        "No name makes a second header in an e-mail",
        ("openmash/agencies/tests/test_letters.py::test_a_line_break_in_a_name_makes_no_second_header",
         "openmash/post/tests/test_sending.py::test_a_name_with_a_line_break_makes_no_second_header"),
    ),
    Item(
        "V1.5.2",
        "Nothing from outside is unpickled",
        ("tests/house/test_nothing_is_unpickled.py::test_nothing_of_ours_makes_objects_of_a_text_or_runs_it",
         "tests/house/test_nothing_is_unpickled.py::test_a_session_is_json_under_our_signature_and_another_is_nobodys"),
        "Django's own cache in the database, which counts failed sign-ins, holds pickles that the application wrote.",
    ),
    Item(
        "V2.2.1, V2.2.3",
        "The server checks every answer, whatever the browser let through",
        ("openmash/enquiries/tests/test_fuzz.py::test_no_answer_breaks_a_page",
         "openmash/enquiries/tests/test_forms.py::test_what_is_wrong_is_said",
         "openmash/api/tests/test_fuzz.py::test_a_token_breaks_nothing_and_opens_its_own_scope_alone",
         "openmash/api/tests/test_enquiries.py::test_what_is_wrong_is_told_by_its_field_and_nothing_is_kept"),
    ),
    Item(
        "V2.3.1",
        "No step of the journey is left out",
        ("openmash/enquiries/tests/test_actions.py::test_the_database_refuses_what_the_workflow_refuses",
         "openmash/enquiries/tests/test_actions.py::test_a_move_that_the_journey_does_not_know_is_refused_in_words",
         "openmash/disclosure/tests/test_protocol.py::test_the_protocol"),
    ),
    Item(
        "V2.3.3",
        "An act happens whole or not at all",
        ("openmash/audit/tests/test_fail_closed.py::test_nothing_is_done_when_the_ledger_cannot_be_written",
         "openmash/audit/tests/test_action.py::test_a_refusal_changes_nothing_and_is_on_the_ledger_with_its_reasons",
         "tests/house/test_kills.py::test_three_kills_lose_and_double_nothing",
         "tests/house/test_whole_or_nothing.py::test_a_fault_after_any_write_leaves_nothing_behind",
         "tests/house/test_whole_or_nothing.py::test_of_two_acts_one_after_the_other_the_first_would_be_found"),
        "A fault is put in after every write of eleven acts that write the most; the others go through the same door.",
    ),
    Item(
        "V2.3.4",
        "What only one may do is done once",
        ("openmash/decisions/tests/test_together.py::test_ten_who_sign_at_once_make_one_decision",
         "openmash/triage/tests/test_together.py::test_of_five_hundred_changes_each_is_kept_or_shown_as_a_conflict"),
    ),
    Item(
        "V2.3.5, level 3",
        "Two people for a release, role, token or lost factor, the end of a conflict or of a protection, destruction",
        ("openmash/disclosure/tests/test_invariants.py::TestI1::test_postgresql_refuses_it_too",
         "openmash/agencies/tests/test_granting.py::test_the_database_refuses_one_person_alone",
         "openmash/api/tests/test_two_people.py::test_the_database_lets_nobody_let_a_system_in_alone",
         "openmash/restrictions/tests/test_conflicts.py::test_the_database_refuses_one_person_alone",
         "openmash/desk/tests/test_whereabouts.py::test_ending_it_takes_two_one_of_them_a_practice_manager",
         "openmash/records/tests/test_destruction.py::test_the_database_destroys_for_two_alone_and_never_what_is_held"),
    ),
    Item(
        "V2.4.1, V2.4.2 (level 3)",
        "A machine cannot flood the public form, nor a person approve faster than they read",
        ("openmash/enquiries/tests/test_spam.py::test_a_flood_never_holds_back_danger",
         "openmash/agencies/tests/test_sign_in.py::test_after_five_wrong_guesses_even_the_right_password_waits",
         "openmash/api/tests/test_authority.py::test_an_intake_over_the_limit_waits_and_is_taken_in_its_turn"),
        "How fast somebody approves is not held against them.",
    ),
    Item(
        "V3.2.1",
        "What was sent in is saved, never shown as a page",
        ("openmash/post/tests/test_views.py::test_an_attachment_that_was_not_scanned_is_nobodys",
         "openmash/post/tests/test_views.py::test_an_attachment_is_saved_and_never_shown_whatever_asks_for_it"),
    ),
    Item(
        "V3.3.1 to V3.3.4",
        "Cookies are for TLS, and for this site",
        ("tests/house/test_headers.py::test_every_answer_keeps_to_itself",
         "tests/house/test_headers.py::test_behind_tls_cookies_are_named_as_this_hosts_own",
         "tests/house/test_headers.py::test_a_cookie_of_such_a_name_is_one_that_a_browser_takes"),
        "The draft of a public form has a path of its own, and so no __Host- name. Lax and not Strict, since people "
        "come back from their organisation's sign-in.",
    ),
    Item(
        "V3.4.1",
        "TLS alone, for a year",
        ("tests/house/test_headers.py::test_every_answer_keeps_to_itself",),
        "Not for subdomains: those are the domain's owner's to promise.",
    ),
    Item(
        "V3.4.3, V3.4.7 (level 3)",
        "A page runs nothing that is not a file of ours",
        ("tests/house/test_headers.py::test_every_answer_keeps_to_itself",
         "openmash/design/tests/test_gallery.py::test_no_page_has_inline_script_or_style"),
        "There is nothing inline, so no nonce. What a browser refuses is reported to nobody.",
    ),
    Item(
        "V3.4.4 to V3.4.6, V3.4.8 (level 3)",
        "No sniffing, no frames, no referrer to others, no window that holds ours",
        ("tests/house/test_headers.py::test_every_answer_keeps_to_itself",),
    ),
    Item(
        "V3.5.1, V3.5.3",
        "A form from elsewhere does nothing, and looking changes nothing",
        ("tests/house/test_headers.py::test_a_form_from_elsewhere_is_not_taken",
         "tests/house/test_looking.py::test_looking_changes_nothing",
         "tests/house/test_looking.py::test_a_write_would_be_noticed",
         "tests/house/test_elsewhere.py::test_no_form_is_taken_that_this_browser_was_not_given",
         "tests/house/test_elsewhere.py::test_the_same_form_with_its_mark_is_taken",
         "tests/house/test_elsewhere.py::test_no_door_for_machines_is_opened_by_a_cookie"),
    ),
    Item(
        "V3.5.8, level 3",
        "Another site cannot load what needs a sign-in",
        ("tests/house/test_elsewhere.py::test_another_site_loads_nothing",
         "tests/house/test_elsewhere.py::test_a_link_leads_here_and_our_own_pages_load_what_they_are_made_of",
         "tests/house/test_elsewhere.py::test_it_is_refused_before_anybody_is_asked_who_they_are"),
    ),
    Item(
        "V4.1.3",
        "Nobody passes for the proxy",
        ("tests/house/test_elsewhere.py::test_what_passes_for_the_proxy_changes_no_answer_and_no_letter",
         "tests/house/test_elsewhere.py::test_a_new_address_in_a_header_buys_no_more_guesses",
         "tests/house/test_elsewhere.py::test_under_another_hosts_name_there_is_nothing"),
        "The application believes no X-Forwarded header, the proxy's neither: behind one the limit for each address "
        "counts the proxy's, and the one for each account does the work.",
    ),
    Item(
        "V4.2.1",
        "No request is smuggled past the proxy",
        (),
        "Not claimed: the proxy is whoever runs the hub's. To be tried against the pair that is installed.",
    ),
    Item(
        "V5.2.1 to V5.2.3, V5.2.6 (level 3)",
        "A file is what its name says, and no larger than it may be",
        ("openmash/post/tests/test_quarantine.py::test_the_name_and_the_first_bytes_agree",
         "openmash/post/tests/test_mailbox.py::test_what_is_too_large_is_known_and_left",
         "openmash/kit/tests/test_workbook.py::test_what_asks_for_more_memory_than_there_is_ends_its_reader_alone"),
        "Of archives, workbooks alone are unpacked, by a process that may have so much memory and no more; pictures are"
        " not drawn by the server.",
    ),
    Item(
        "V5.3.2, V5.4.1, V5.4.2",
        "The server names the files that it hands out",
        ("openmash/post/tests/test_views.py::test_the_server_names_the_file_whatever_it_was_called",
         "openmash/desk/tests/test_information_record.py::test_a_practice_manager_reads_it_on_screen_and_opens_the_pdf"),
    ),
    Item(
        "V5.4.3",
        "What no scanner has passed is opened by nobody",
        ("openmash/post/tests/test_quarantine.py::test_everything_is_held_to_begin_with",
         "openmash/post/tests/test_quarantine.py::test_the_scanners_word_counts",
         "openmash/post/tests/test_quarantine.py::test_it_is_let_in_once_it_is_clean_and_waits_while_the_scanner_is_away"),
    ),
    Item(
        "V6.2",
        "Passwords are long, not common, and never made to change",
        ("openmash/design/tests/test_sign_in_pages.py::test_a_password_is_never_sent_back",
         "openmash/agencies/tests/test_passwords.py::test_it_is_long_not_common_and_not_ones_own_name",
         "openmash/agencies/tests/test_passwords.py::test_every_character_counts_and_none_is_demanded",
         "openmash/agencies/tests/test_passwords.py::test_it_can_be_pasted_and_kept_by_a_password_manager",
         "openmash/agencies/tests/test_passwords.py::test_the_old_one_is_asked_for",
         "openmash/agencies/tests/test_passwords.py::test_an_old_one_still_opens"),
        "Django's list of 20,000 common ones is asked; no list of leaked ones is.",
    ),
    Item(
        "V6.3.3, level 3",
        "Nobody acts without a second factor; passkeys are offered",
        ("openmash/agencies/tests/test_factors.py::test_before_one_is_enrolled_every_page_leads_to_enrolment",
         "openmash/agencies/tests/test_factors.py::test_only_a_demo_can_do_without",
         "tests/journeys/test_second_factor.py::test_a_passkey"),
        "Level 3 is not claimed: a code from an app counts too, and can be phished.",
    ),
    Item(
        "V6.3.8, level 3",
        "Signing in does not tell whether there is such an account",
        ("openmash/agencies/tests/test_sign_in.py::test_a_wrong_password_and_an_unknown_address_read_the_same",
         "openmash/agencies/tests/test_sign_in.py::test_a_wrong_password_and_an_unknown_address_take_as_long"),
        "That one of the two does not take half as long again is tested; what 500 tries would tell is not.",
    ),
    Item(
        "V6.4.3, V6.4.4",
        "No way back in leads around the second factor",
        (_RESET,
         "openmash/agencies/tests/test_granting.py::test_nobody_agrees_to_what_they_proposed_or_to_their_own",
         "openmash/agencies/tests/test_factors.py::test_a_recovery_code_stands_in_for_the_app_once"),
    ),
    Item(
        "V7.3.1, V7.3.2",
        "A sign-in ends after 15 minutes of nothing, and after ten hours",
        ("openmash/agencies/tests/test_threshold.py::test_after_fifteen_minutes_of_nothing_a_sign_in_is_over",
         "openmash/agencies/tests/test_threshold.py::test_after_ten_hours_a_sign_in_is_over_however_busy"),
    ),
    Item(
        "V7.4.1, V7.4.2, V7.4.5",
        "Signing out, closing an account and a reset hold at once",
        ("openmash/agencies/tests/test_threshold.py::test_the_old_cookie_opens_nothing_afterwards",
         "openmash/agencies/tests/test_granting.py::test_a_leavers_account_is_closed_at_the_next_click_and_never_ones_own"),
    ),
    Item(
        "V7.5.3, level 3",
        "A fresh proof before what is sealed, approved, opened in an emergency or taken out",
        ("openmash/desk/tests/test_step_up.py::test_a_stale_sign_in_opens_what_is_sealed_only_after_a_fresh_proof",
         "openmash/desk/tests/test_step_up.py::test_what_leaves_the_hub_as_a_file_needs_it",
         "openmash/desk/tests/test_step_up.py::test_an_approval_needs_it_and_goes_on_by_itself_with_what_was_sent",
         "openmash/desk/tests/test_step_up.py::test_whoever_says_yes_for_others_needs_it",
         "openmash/restrictions/tests/test_emergencies.py::test_a_fresh_second_factor_comes_first"),
    ),
    Item(
        "V8.1.1, V8.1.2, V8.2.1 to V8.2.3",
        "Who may do what is written down, and policy and database say the same",
        ("tests/house/test_house.py::test_every_route_says_who_it_is_for_and_what_is_asked_of_them",
         "tests/house/test_house.py::test_every_act_asks_a_policy_that_says_who_may",
         "openmash/intelligence/tests/test_walls.py::test_policy_and_database_agree_on_every_look",
         "openmash/intelligence/tests/test_mutants.py::test_every_weakened_clause_is_found",
         "openmash/restrictions/tests/test_walls.py::test_the_wall_says_what_the_policy_says",
         "tests/house/walls/test_walls.py::test_policy_and_database_say_the_same",
         "tests/house/walls/test_walls.py::test_every_wall_is_compared",
         "tests/house/walls/test_mutants.py::test_every_weakened_clause_is_found"),
    ),
    Item(
        "V8.3.2, level 3",
        "What was taken away is gone at the next request",
        ("openmash/agencies/tests/test_threshold.py::test_fifty_sessions_are_refused_at_their_next_request",),
    ),
    Item(
        "V8.4.1",
        "No agency reaches what is another's",
        ("openmash/intelligence/tests/test_walls.py::test_nobody_deposits_for_another_agency",
         "openmash/api/tests/test_doors.py::test_another_agencys_request_looks_like_none",
         "openmash/post/tests/test_walls.py::test_the_policy_and_the_database_say_the_same",
         "openmash/audit/tests/test_signing.py::test_nobody_who_cannot_sign_sees_a_row_of_any_table"),
    ),
    Item(
        "V11.3.2, V11.3.3, V11.5.1, V13.3.1, V13.3.3 (level 3)",
        "Secrets are not in the database in the clear",
        ("openmash/agencies/tests/test_factors.py::test_secrets_cannot_be_read_in_the_database",
         "openmash/api/tests/test_authority.py::test_the_token_itself_is_kept_nowhere",
         "openmash/agencies/tests/test_sessions.py"
         "::test_the_browsers_key_opens_it_and_what_the_database_holds_does_not"),
        "Words and addresses of a case are not encrypted field by field, and no key service stands apart.",
    ),
    Item(
        "V13.4.2, V13.4.5, V13.4.6 (level 3), V15.2.3",
        "An error shows nothing of what is inside",
        ("openmash/api/tests/test_authority.py::test_what_nobody_foresaw_is_a_problem_without_a_word_of_it",
         "openmash/design/tests/test_views.py::test_what_could_not_be_saved_is_kept_to_send_again",
         "tests/house/test_headers.py::test_every_answer_keeps_to_itself"),
        "An installation is not crawled; what the web server and the proxy add is whoever runs the hub's.",
    ),
    Item(
        "V14.2.1, V14.3.1 to V14.3.3",
        "The browser keeps nothing of the hub",
        ("tests/house/test_headers.py::test_who_leaves_leaves_nothing_in_the_browser",
         "openmash/agencies/tests/test_threshold.py::test_the_browser_is_told_to_forget_at_sign_out_and_when_time_is_up",
         "openmash/enquiries/tests/test_intake.py::test_no_page_is_kept_by_the_browser"),
        "What is searched for stands in the address of the page while it is open, and so in a log of the proxy if it "
        "keeps one.",
    ),
    Item(
        "V14.2.7, V14.2.8 (level 3)",
        "What has had its time is destroyed",
        ("openmash/records/tests/test_rules.py::test_each_class_is_kept_as_long_as_its_rule_says",
         "openmash/records/tests/test_destruction.py::test_no_word_of_it_is_left_and_the_familys_other_record_is_whole"),
        "What a file says of itself, such as where a picture was taken, is not taken out of attachments.",
    ),
    Item(
        "V15.1.2, V15.2.4 (level 3), V16.2.5, V16.3.2 (level 3), V16.4.2, V16.4.3, V16.5.3",
        "What it is made of is listed and pinned; refusals are recorded, elsewhere too; in doubt, no",
        ("tests/house/test_locks.py::test_every_pin_has_its_hashes",
         "openmash/audit/tests/test_action.py::test_a_policy_that_breaks_lets_nobody_do_or_see_anything",
         "openmash/cli/tests/test_sbom.py::test_every_locked_package_is_in_it_once_with_what_cyclonedx_asks",
         "openmash/audit/tests/test_ledger.py::test_what_is_denied_is_the_same_bytes_as_nothing_and_is_on_the_ledger",
         "openmash/audit/tests/test_anchors.py::TestVerifying::test_clean_incomplete_tampered_and_recovered",
         "openmash/audit/tests/test_fail_closed.py::test_a_sealed_item_is_not_read_when_the_ledger_cannot_be_written",
         "tests/house/test_typed.py::test_what_was_typed_is_words_on_every_page"),
        "The technical log is searched for words of a case after every page was opened, not after every act.",
    ),
)  # fmt: skip

NOT_CLAIMED = (
    ("V3.7.4", "The domain on the browsers' own list for TLS: whoever owns the domain decides that"),
    ("V8.4.2", "Whether the device is in order: the organisation that gives it out decides that"),
    ("V11.7.1", "Memory that the machine itself cannot read"),
    ("V12.1.5", "Hiding the name of the service from the network"),
)
