" :compiler zjtx, then :make checks the file with script/check, and :copen lists what it finds.
" Set g:zjtx_check to the path of script/check, with options of psql such as -d mydb.
if exists("current_compiler")
  finish
endif
let current_compiler = "zjtx"
let &l:makeprg = get(g:, "zjtx_check", "script/check") . " %:S"
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tnfo:\ %m
