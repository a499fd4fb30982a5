# `postoffice demo` does all it does in one process, and says nothing went wrong.
. "$INTEROP/lib/common.sh"

expect 0 "$POSTOFFICE" demo
