package archive

// AtStep calls die at step n (0, 1, …) of the writes to directories from now on.
func AtStep(n int, die func()) {
	step = func() {
		if n == 0 {
			die()
		}
		n--
	}
}
