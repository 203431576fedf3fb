#!/usr/bin/env bash
# scripts/mutants.sh [--list] [--sample N] [KIND...]: takes out, or turns round, one thing at a time of a copy of the
# project, and sees that the copy no longer compiles or that a test fails. Fails where more than 2 in 100 mutants
# survive. --sample: N of each kind, drawn by the last commit, so that each run tries others. Needs perl.
set -euo pipefail
set -f  # patterns are not names of files
cd "$(dirname "$0")/.."

# Kinds of mutants, one an entry: name; what is taken out; of which files; sources that a mutant is compiled with before
# anything is built (a declaration that is missing ends there); test programs, the first that fails ends it.
# Taken out is, of what matches one of the patterns: "braced", NAME{...} or NAME(...) in a list; "item", {...} in a list
# that goes on so; "argument", that alone; "statement" (no patterns), an assignment, an increment or a call. Turned round
# is, with "operator", a comparison, a sum, a step or a junction.
totals=include/cwtsim/engine/result.hpp
sums='include/cwtsim/experiment/tally.hpp include/cwtsim/core/folded.hpp include/cwtsim/core/sums.hpp'
rows=$(echo include/cwtsim/experiment/{estimate_rows,day_rows,month_rows,run_rows}.hpp)
tables=$(echo sim/report/tables{,_observed}.cpp)
folding='sim/experiment/part.cpp sim/experiment/tally.cpp'
estimating=$(echo sim/experiment/{estimates,people,attainments,strata,measures,gaps,ledgers,quantiles,days,clock_days,growth,months}.cpp)
counting='experiment_tests report_tests'
set +f
engine=$(echo sim/engine/*.cpp sim/engine/steps/*.hpp sim/model/timetable.cpp)
estimate=$(echo sim/experiment/*.cpp sim/core/statistics.cpp)
set -f
for checked in check_state checks memory; do engine=${engine/"sim/engine/$checked.cpp"/}; done  # they only look on
running='engine_tests oracle_tests'
kinds=(
  "field of a result; braced Field ListField Ratio; $totals $sums; $folding; $counting"
  "what is kept of it; argument Folds::\w+(?=\}); $totals; $estimating; $counting"
  "column of a row; braced Column hidden; $rows; $tables; $counting"
  "what a column tells; argument Told\{[^}]*\}; $rows; $tables; $counting"
  "interval of a column; argument \"(?:(?:\w+_)?ci|probability_met)\"(?=\}); $rows; $tables; $counting"
  "line of a table; statement; $tables; ; report_tests"
  "table; item \w+,\s\"; $tables; ; report_tests"
  "line of an estimate; statement; $estimating sim/experiment/tell.hpp; ; $counting"
  "line of a sum; statement; sim/experiment/tally.cpp include/cwtsim/experiment/tally.hpp; ; $counting"
  "line of a part; statement; sim/experiment/part.cpp; ; $counting"
  "operator of the engine; operator; $engine; ; $running"
  "line of the engine; statement; $engine; ; $running"
  "operator of an estimate; operator; $estimate; ; core_tests $counting"
  "line of folding; statement; include/cwtsim/core/folded.hpp include/cwtsim/core/sums.hpp include/cwtsim/core/fields.hpp; ; core_tests"
)

top=$PWD/build/mutants
tree=$top/tree
build=$top/build
compiler=("${CXX:-c++}" -std=c++20 -fsyntax-only -Iinclude)

# places WHAT FILE: "begin end line words" of each thing that can be taken out.
places() {
  perl -e '
    my ($how, @texts) = split " ", $ARGV[0];
    my $any = join "|", @texts;
    open my $in, "<", $ARGV[1] or die "$ARGV[1]: $!"; local $/; my $text = <$in>;
    my $more = q{"(?:[^"\\\\]|\\\\.)*+"|(?&b)|(?&p)|(?&s)};
    my $defined = "(?(DEFINE)(?<b>\\{(?:[^][{}()\"]++|$more)*+\\})(?<p>\\((?:[^][{}()\"]++|$more)*+\\))(?<s>\\[(?:[^][{}()\"]++|$more)*+\\]))";
    my $after = "(?:(?:if(?: constexpr)?|for) (?&p)\\s+|else\\s+)*";
    my $value = "(?:\\+\\+|--|\\*)?(?:\\w+(?:::\\w+)*|(?&p))(?:(?:\\.|->|\\.\\*)\\w+|(?&s)|(?&p))*";
    my %patterns = (
      braced => "(?<![\\w:])(?:$any)(?:(?&b)|(?&p))",
      item => "(?=\\{(?:$any))(?&b)",
      argument => "(?:$any)",
      operator => "(?<=[\\w)\\]] )(?:<=?|>=?|==|!=|&&|\\|\\||[-+]|[-+]=)(?= [\\w(!*-])(?![^\\n]*(?:static_assert|template))",
      statement => "(?<=\\n)[ \\t]+$after\\K(?!(?:return|throw|static_assert|if|for)\\b|[\\w.]+\\.reserve\\b)(?=$value(?: |;))$value(?: [-+*/|]?= (?:[^][{}();\"]++|$more)*+|(?<=\\))|(?<=\\+\\+)|(?<=\\w)(?<!continue)(?<!break)(?<!default));"
    );
    my $pattern = qr/$defined$patterns{$how}/;
    while ($text =~ /$pattern/g) {
      my ($begin, $end) = ($-[0], $+[0]);
      my $line = 1 + (substr($text, 0, $begin) =~ tr/\n//);
      (my $words = substr $text, $begin, $end - $begin) =~ s/\s+/ /g;
      print "$begin $end $line ", substr($words, 0, 70), "\n";
    }' "$1" "$2"
}

# without BEGIN END FILE: the text without that, and without the comma that belonged to it; an operator turned round.
without() {
  perl -e '
    my ($begin, $end, $file) = @ARGV;
    open my $in, "<", $file or die "$file: $!"; local $/; my $text = <$in>;
    my ($before, $after) = (substr($text, 0, $begin), substr($text, $end));
    my %turned = ("<" => "<=", "<=" => "<", ">" => ">=", ">=" => ">", "==" => "!=", "!=" => "==", "&&" => "||",
                  "||" => "&&", "+" => "-", "-" => "+", "+=" => "-=", "-=" => "+=");
    if (my $other = $turned{substr $text, $begin, $end - $begin}) { $before .= $other }
    elsif (substr($text, $end - 1, 1) eq ";") { $before .= "{}" }
    else { $after =~ s/^\s*,// or $before =~ s/,\s*$// }
    print $before, $after;' "$@"
}

make_tree() {
  local launcher=()
  if command -v ccache > /dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  rm -rf "$tree"
  mkdir -p "$tree"
  git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -xmf - -C "$tree"  # all newer than what was built before
  # built fast rather than to run fast; warnings would be another reason not to compile
  (cd "$tree" && cmake --preset dev -B "$build" -DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O0 -DCWTSIM_WERROR=OFF "${launcher[@]}" > /dev/null)
}

# verdict_of PROGRAM...: "compiler" where one does not build, "tests" where one fails, or "SURVIVED".
verdict_of() {
  local program
  for program in "$@"; do
    cmake --build "$build" --target "$program" > "$top/build.log" 2>&1 || { echo compiler; return; }
    timeout 300 "$build/tests/$program" --abort > "$top/tests.log" 2>&1 || { echo tests; return; }
  done
  echo SURVIVED
}

# judge FILE MUTANT SOURCES PROGRAMS: the verdict on the file's mutant; the file is whole again afterwards.
judge() {
  local file=$1 mutant=$2 source verdict=''
  cp -p "$tree/$file" "$top/whole"
  cat "$mutant" > "$tree/$file"
  for source in $3; do
    if ! (cd "$tree" && "${compiler[@]}" "$source") > "$top/build.log" 2>&1; then
      cp -p "$top/whole" "$tree/$file"  # with its old time: nothing was built
      echo compiler
      return
    fi
  done
  # shellcheck disable=SC2086 # one or more programs
  verdict=$(verdict_of $4)
  cp "$top/whole" "$tree/$file"
  echo "$verdict"
}

# chosen NAME KIND...: is it one of them, or is none named?
chosen() {
  local name=$1 kind
  shift
  [ $# -gt 0 ] || return 0
  for kind in "$@"; do [ "$kind" != "$name" ] || return 0; done
  return 1
}

all=0 lived=0
lines=()
# all_places WHAT FILE...: "file begin end line words" of each; with --sample so many of them, in their order.
all_places() {
  local what=$1 file
  shift
  for file in "$@"; do places "$what" "$file" | sed "s|^|$file |"; done | number_and_draw
}
number_and_draw() {
  if [ -z "$sample" ]; then cat; else nl | shuf -n "$sample" --random-source=<(yes "$(git rev-parse HEAD)") | sort -n | cut -f2-; fi
}

try() {
  local file begin end line words verdict compiled=0 tested=0 survived=0 start=$SECONDS
  printf '\n%s\n' "$1"
  # shellcheck disable=SC2086 # names of files
  while read -r file begin end line words; do
    without "$begin" "$end" "$tree/$file" > "$top/mutant"
    verdict=$(judge "$file" "$top/mutant" "$4" "$5")
    case $verdict in
      compiler) compiled=$((compiled + 1)) ;;
      tests) tested=$((tested + 1)) ;;
      *) survived=$((survived + 1)) ;;
    esac
    printf '  %-8s %s:%s: %s\n' "$verdict" "$file" "$line" "$words"
    if [ "$verdict" = compiler ]; then grep -m 1 -oE 'error: .{1,100}' "$top/build.log" | sed 's/^/             /' || true; fi
  done < <(all_places "$2" $3)
  all=$((all + compiled + tested + survived)) lived=$((lived + survived))
  lines+=("$(printf '%-22s %7d %9d %6d %9d %6d s' "$1" $((compiled + tested + survived)) "$compiled" "$tested" "$survived" $((SECONDS - start)))")
}

only_list=no sample=''
while [[ "${1-}" == --* ]]; do
  case $1 in
    --list) only_list=yes ;;
    --sample)
      sample=$2
      shift
      ;;
    *) echo "usage: scripts/mutants.sh [--list] [--sample N] [KIND...]" >&2 && exit 2 ;;
  esac
  shift
done
take_each_kind() {
  local entry name what files sources programs
  for entry in "${kinds[@]}"; do
    IFS=';' read -r name what files sources programs <<< "$entry"
    chosen "$name" "$@" || continue
    if [ "$only_list" = no ]; then
      try "$name" "$what" "$files" "$sources" "$programs"
    else
      # shellcheck disable=SC2086 # names of files
      all_places "$what" $files | sed -E "s|^([^ ]+) [0-9]+ [0-9]+ ([0-9]+) |$name: \1:\2: |"
    fi
  done
}
if [ "$only_list" = yes ]; then
  take_each_kind "$@"
  exit
fi
make_tree
verdict=$(verdict_of core_tests experiment_tests report_tests engine_tests oracle_tests)
if [ "$verdict" != SURVIVED ]; then
  echo "Without any mutant: $verdict"
  tail -n 20 "$top/build.log" "$top/tests.log"
  exit 1
fi
take_each_kind "$@"
printf '\n%-22s %7s %9s %6s %9s\n' "taken out, one a time" mutants compiler tests survived
printf '%s\n' "${lines[@]}"
printf '\n%d of %d survived\n' "$lived" "$all"
[ $((lived * 50)) -le "$all" ]
