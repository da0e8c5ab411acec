package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/template"
	"github.com/compose-spec/compose-go/v2/types"
)

// The values of the variables that .env.example leaves empty.
const (
	accessKey    = "pruefung"
	secretKey    = "nur-fuer-diese-pruefung"
	bootstrapKey = "ein-schluessel-nur-fuer-diese-pruefung"
)

var filled = []string{
	"AUFTRAGSMAPPE_S3_ACCESS_KEY=" + accessKey, "AUFTRAGSMAPPE_S3_SECRET_KEY=" + secretKey, "AUFTRAGSMAPPE_BOOTSTRAP_KEY=" + bootstrapKey,
}

// load reads docker-compose.yml as `docker compose` does: schema, merge, interpolation from env over .env.example, profiles.
func load(top string, env ...string) (*types.Project, error) {
	o, err := cli.NewProjectOptions([]string{filepath.Join(top, "docker-compose.yml")},
		cli.WithEnv(env), cli.WithEnvFiles(filepath.Join(top, ".env.example")), cli.WithDotEnv, cli.WithDefaultProfiles())
	if err != nil {
		return nil, err
	}
	return o.LoadProject(context.Background())
}

// stores is the profile to its store, the host s3; "" is a store elsewhere.
var stores = map[string]string{"": "", "versitygw": "versitygw", "silo": "silo"}

func checkCompose(top string, im *image) error {
	if _, err := load(top); err == nil || !strings.Contains(err.Error(), "siehe .env.example") {
		return fmt.Errorf("docker-compose.yml: without keys it must be refused, not: %v", err)
	}
	byDefault, err := load(top, filled...)
	if err != nil {
		return err
	}
	errs := []error{checkStore(byDefault, "versitygw"), checkVariables(top)}
	for profile, store := range stores {
		p, err := load(top, append([]string{"COMPOSE_PROFILES=" + profile}, filled...)...)
		if err != nil {
			return err
		}
		errs = append(errs, checkStore(p, store))
		for name, s := range p.Services {
			errs = append(errs, checkService(name, &s, im))
		}
		fmt.Printf("docker-compose.yml, profile %q: %s\n", profile, strings.Join(p.ServiceNames(), ", "))
	}
	return errors.Join(errs...)
}

// checkStore says that exactly the one store answers to the name s3.
func checkStore(p *types.Project, store string) error {
	var named []string
	for name, s := range p.Services {
		for _, n := range s.Networks {
			if n != nil && slices.Contains(n.Aliases, "s3") {
				named = append(named, name)
			}
		}
	}
	if got := strings.Join(named, " "); got != store {
		return fmt.Errorf("docker-compose.yml: the store is %q, not %q", got, store)
	}
	return nil
}

// checkService holds what makes a container safe to leave alone.
func checkService(name string, s *types.ServiceConfig, im *image) error {
	own, once := s.Build != nil, s.Restart == "no"
	var errs []error
	for _, c := range []struct {
		ok   bool
		says string
	}{
		{own && strings.HasPrefix(s.Image, "localhost/") || pinned(s.Image), "image pinned"},
		{s.ReadOnly || name == "silo", "read-only root"}, // silo could not be tried
		{slices.Equal(s.CapDrop, []string{"ALL"}) && len(s.CapAdd) == 0 && !s.Privileged, "no capabilities"},
		{slices.Contains(s.SecurityOpt, "no-new-privileges:true"), "no new privileges"},
		{!own || s.User == "", "the image's user"},
		{once || s.Restart == "unless-stopped", "restarted"},
		{once || own && len(im.health) > 0 && s.HealthCheck == nil || s.HealthCheck != nil && len(s.HealthCheck.Test) > 1, "health check"},
		{s.NetworkMode == "" && s.Pid == "" && s.Ipc == "", "namespaces of its own"},
		{len(s.Volumes) == 1 && s.Volumes[0].Type == "volume" && s.Volumes[0].Source != "" && s.Volumes[0].Target == "/data", "one named volume on /data"},
		{name == "auftragsmappe" && len(s.Ports) == 1 && s.Ports[0].HostIP == "127.0.0.1" && s.Ports[0].Published == "8080" || len(s.Ports) == 0, "published on 127.0.0.1:8080 only"},
		{waits(s), "waits for others until they are well"},
	} {
		if !c.ok {
			errs = append(errs, fmt.Errorf("docker-compose.yml: %s: not so: %s", name, c.says))
		}
	}
	return errors.Join(errs...)
}

func waits(s *types.ServiceConfig) bool {
	for _, d := range s.DependsOn {
		if d.Condition == types.ServiceConditionStarted {
			return false
		}
	}
	return true
}

// checkVariables says that no secret stands in the file, and that .env.example names every variable that it takes.
func checkVariables(top string) error {
	b, err := os.ReadFile(filepath.Join(top, "docker-compose.yml"))
	if err != nil {
		return err
	}
	example, err := os.ReadFile(filepath.Join(top, ".env.example"))
	if err != nil {
		return err
	}
	raw, err := loader.LoadModelWithContext(context.Background(), types.ConfigDetails{
		ConfigFiles: []types.ConfigFile{{Filename: "docker-compose.yml", Content: b}},
	}, func(o *loader.Options) { o.SkipInterpolation, o.Profiles = true, []string{"*"} })
	if err != nil {
		return err
	}
	var errs []error
	for name := range template.ExtractVariables(raw, template.DefaultPattern) {
		if !strings.Contains("\n"+string(example), "\n"+name+"=") && !strings.Contains(string(example), "\n#"+name+"=") {
			errs = append(errs, fmt.Errorf(".env.example does not name %s", name))
		}
	}
	services, _ := raw["services"].(map[string]any)
	for service, s := range services {
		env, _ := s.(map[string]any)["environment"].(map[string]any)
		for name, value := range env {
			secret := strings.Contains(name, "KEY") || strings.Contains(name, "PASSWORD") || strings.Contains(name, "USER")
			if v, _ := value.(string); secret && !strings.HasPrefix(v, "${") {
				errs = append(errs, fmt.Errorf("docker-compose.yml: %s: the value of %s stands in the file", service, name))
			}
		}
	}
	if len(services) < 4 {
		errs = append(errs, fmt.Errorf("docker-compose.yml: only %d services read", len(services)))
	}
	return errors.Join(errs...)
}
