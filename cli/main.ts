#!/usr/bin/env node
import { crossflash } from "./crossflash";
import { exitWith, exitWithBug, processArguments, processIo } from "./host/processIo";

crossflash(processArguments, processIo).then(exitWith, exitWithBug);
