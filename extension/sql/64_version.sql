-- The versions of the library and of these objects.

CREATE FUNCTION zjtx_internal.version_of_library(objects text, build text, OUT library text, OUT message text)
	AS 'MODULE_PATHNAME', 'zjtx_version_of_library' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.version_of_library(text, text) IS
'The version of the library, and a message if the objects have another version or are of another build, else NULL. zjtx_version calls it.';

CREATE FUNCTION zjtx.zjtx_version(OUT library text, OUT objects text, OUT message text) LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT v.library, e.extversion, v.message
	FROM pg_catalog.pg_extension e, LATERAL zjtx_internal.version_of_library(e.extversion, '@BUILD@') v
	WHERE e.extname OPERATOR(pg_catalog.=) 'zjtx';
END;
COMMENT ON FUNCTION zjtx.zjtx_version() IS
'The versions of the library that this session has loaded and of the SQL objects of this database. message is NULL, or says that they do not belong together and what to do.';
