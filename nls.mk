# The catalogue of messages.  make update-po writes po/*.po.new from the sources.
CATALOG_NAME = zjtx
AVAIL_LANGUAGES = zh_CN
GETTEXT_FILES = $(filter-out $(GENERATED),$(sort $(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/extension/*.c $(srcdir)/extension/*/*.c $(srcdir)/extension/*/*.h \
    $(srcdir)/extension/*/*.y $(srcdir)/extension/*/*.l))))
GETTEXT_TRIGGERS = $(BACKEND_COMMON_GETTEXT_TRIGGERS) GUC_check_errdetail gettext_noop FUNCTION:7 \
    read_error:4 teach_correct:4 check_want_type:4 check_boolean:4 check_begin:3 check_declared_twice:3 unknown_code:3 \
    compiler_exceeds_limit:2 invalid:2 whole_member:4 wrong_jsonb:4 own_missing_object:1
GETTEXT_FLAGS = $(BACKEND_COMMON_GETTEXT_FLAGS) GUC_check_errdetail:1:c-format read_error:4:c-format teach_correct:4:c-format
# The sources are in UTF-8; messages are in ASCII.
XGETTEXT += --from-code=UTF-8
