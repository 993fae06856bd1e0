#!/bin/sh
# What the tests need besides Python packages: a JDK and the OWL API (loading the dump as Protégé does), Chromium and fonts (pages).
# Installs them through apt where that is allowed; otherwise says in one message what is missing.
set -eu

missing=""
command -v java >/dev/null 2>&1 || missing="$missing openjdk-17-jdk-headless"
[ -e /usr/share/java/owlapi-api.jar ] || [ -n "$(ls /usr/share/java/owlapi-api*.jar 2>/dev/null)" ] || missing="$missing libowlapi-java"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium"
[ -n "$(ls -d /usr/share/fonts/opentype/noto 2>/dev/null)" ] || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # the JDK of the distribution's own release stands in where version 17 is not offered
    for package in $missing; do
        apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 ||
            { [ "$package" = openjdk-17-jdk-headless ] && apt-get install -y -qq --no-install-recommends default-jdk-headless >/dev/null; } ||
            { echo "could not install the Debian package $package" >&2; exit 1; }
    done
    exit 0
fi
echo "The tests need these Debian or Ubuntu packages:$missing" >&2
echo "Install them with: sudo apt-get install$missing" >&2
exit 1
