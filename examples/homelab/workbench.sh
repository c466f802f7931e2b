#!/bin/sh
# Runs once inside the workbench, after its first start.
set -eu
apt-get update
apt-get install -y git tmux
