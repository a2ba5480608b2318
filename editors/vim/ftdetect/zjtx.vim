autocmd BufRead,BufNewFile *.policy setfiletype zjtx
