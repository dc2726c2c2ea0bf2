#!/bin/bash
#SBATCH --job-name=kdbib
#SBATCH --array=0-7
#SBATCH --cpus-per-task=2
#SBATCH --time=00:10:00
# One part of the names that `split` made (part.00 to part.07) becomes part.NN.jsonl.
set -eu
part=$(printf 'part.%02d' "$SLURM_ARRAY_TASK_ID")
kdbib -q -j "${SLURM_CPUS_PER_TASK:-1}" --no-lock --to jsonl --files0-from "$part" -o "$part.jsonl"
