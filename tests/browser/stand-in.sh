#!/bin/sh
# Stands in for Chromium in tests of its process: runs the script of the argument `--script=SCRIPT`.
for argument; do
  case "$argument" in --script=*) eval "${argument#--script=}" ;; esac
done
