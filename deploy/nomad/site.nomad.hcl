# Three servers with [HealthCheck("/healthz")] and DrainDelaySeconds, from an image: nomad job run site.nomad.hcl

job "site" {
  group "site" {
    count = 3

    network {
      port "http" {
        to = 8080
      }
    }

    # One after the other, each only when the one before it is healthy.
    update {
      max_parallel     = 1
      health_check     = "checks"
      min_healthy_time = "2s"
    }

    service {
      name     = "site"
      port     = "http"
      provider = "nomad"

      check {
        type     = "http"
        path     = "/healthz"
        interval = "2s"
        timeout  = "1s"
      }
    }

    task "site" {
      driver = "docker"

      # More than the drain delay and GracePeriodSeconds together.
      kill_timeout = "20s"

      config {
        image           = "site:latest"
        ports           = ["http"]
        args            = ["--drain-delay", "5"]
        readonly_rootfs = true
        cap_drop        = ["all"]
        security_opt    = ["no-new-privileges"]
      }

      # The least memory that Nomad gives is 10 MB.
      resources {
        cpu    = 100
        memory = 16
      }
    }
  }
}
