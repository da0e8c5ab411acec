package api_test

import (
	"strconv"
	"strings"
)

// dropped is what an edit gives for a value to take away.
type dropped struct{}

func steps(pointer string) []string {
	parts := strings.Split(pointer, "/")
	return parts[1:]
}

// at is the value at a path; nil when there is none.
func at(v any, path []string) any {
	for _, step := range path {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// edit is v with f's answer at a path.
func edit(v any, path []string, f func(any) any) any {
	if len(path) == 0 {
		return f(v)
	}
	if list, ok := v.([]any); ok {
		i, err := strconv.Atoi(path[0])
		if err != nil { // "-"
			return append(list, edit(nil, path[1:], f))
		}
		list[i] = edit(list[i], path[1:], f)
		return list
	}
	object, ok := v.(map[string]any)
	if !ok {
		object = map[string]any{}
	}
	object[path[0]] = edit(object[path[0]], path[1:], f)
	if object[path[0]] == (dropped{}) {
		delete(object, path[0])
	}
	return object
}
