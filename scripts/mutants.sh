#!/usr/bin/env bash
# scripts/mutants.sh [KIND...]: takes out one thing at a time of a copy of the project, and sees that the copy no longer
# compiles or that a test fails. Fails where a mutant survives. Needs perl.
set -euo pipefail
cd "$(dirname "$0")/.."

# Kinds of mutants, one a line: name; what is taken out; the files; sources that each mutant is compiled with before
# anything is built (a header's mutants mostly end there). What is taken out: "braced NAME..." is NAME{...} or
# NAME(...) in a list; "item" is {...} alone on its line in a list; "statement TEXT..." is a statement in which one of
# the texts (Perl patterns) stands.
rows=include/cwtsim/experiment/estimate_rows.hpp
sums='include/cwtsim/experiment/tally.hpp include/cwtsim/core/folded.hpp include/cwtsim/core/statistics.hpp'
kinds=(
  "field of a result;      braced Field ListField Ratio; include/cwtsim/engine/result.hpp $sums; sim/experiment/part.cpp sim/experiment/tally.cpp"
  "what is kept of it;     argument Folds::\w+;          include/cwtsim/engine/result.hpp; sim/experiment/estimates.cpp sim/experiment/people.cpp"
  "column of a row;        braced Column hidden;         $rows; sim/report/tables.cpp"
  "what a column tells;    argument Told\{[^}]*\};       $rows; sim/report/tables.cpp"
  "interval of a column;   argument \"\w*ci\";           $rows; sim/report/tables.cpp"
  "column of a table;      item;                         sim/report/tables.cpp;"
  "line of an estimate;    statement \b(use|a|any|out|waits|c|summary|e|into|row|histogram|telling|pence|days|counted|waiting|all|met|patients)(\.\w+)* [-+*/]?= \.push_back\( \.insert\( \btell\( \.reset\( \badd_\w+\(e,; sim/experiment/estimates.cpp sim/experiment/people.cpp sim/experiment/attainments.cpp sim/experiment/measures.cpp sim/experiment/gaps.cpp sim/experiment/ledgers.cpp;"
  "line of a sum;          statement \badd_\w+\( \.add\( \+\+ \+= copy_like_named push_back; sim/experiment/tally.cpp sim/experiment/measures.cpp sim/experiment/gaps.cpp sim/experiment/ledgers.cpp include/cwtsim/experiment/tally.hpp $sums;"
)

top=$PWD/build/mutants
tree=$top/tree
build=$top/build
compiler=(${CXX:-c++} -std=c++20 -fsyntax-only -Iinclude)

# places KIND-OF-TEXT FILE: "begin end line words" of each thing that can be taken out.
places() {
  perl -e '
    my ($what, $file) = @ARGV;
    my ($how, @texts) = split " ", $what;
    open my $in, "<", $file or die "$file: $!"; local $/; my $text = <$in>;
    my $nested = qr/(\{(?:[^{}()"\x27]++|"(?:[^"\\]|\\.)*+"|\x27(?:[^\x27\\]|\\.)\x27|(?1)|(?2))*+\})(?!)|(?:)/;
    my $any = join "|", @texts;
    my $pattern;
    my $in_braces = qr/(?<b>\{(?:[^{}()"]++|"(?:[^"\\]|\\.)*+"|(?&b)|(?&p))*+\})/;
    my $in_parens = qr/(?<p>\((?:[^{}()"]++|"(?:[^"\\]|\\.)*+"|(?&b)|(?&p))*+\))/;
    my $groups = qr/(?(DEFINE)$in_braces$in_parens)/;
    $pattern = qr/$groups(?<![\w:])(?:$any)(?:(?&b)|(?&p))/ if $how eq "braced";
    $pattern = qr/$groups(?:$any)/ if $how eq "argument";
    $pattern = qr/$groups(?<=[{,\s])\{(?:\{"|\w+, (?:in_run_json|not_in_it))(?:[^{}()"]++|"(?:[^"\\]|\\.)*+"|(?&b)|(?&p))*+\}/ if $how eq "item";
    $pattern = qr/$groups(?<=\n)[ \t]+(?:if \((?:[^()]|(?&p))*\) |for \((?:[^()]|(?&p))*\) |else )*\K(?!return|auto|using|if|for|else|static|struct|namespace|\/\/|throw)[^;{}\n]*?(?:$any)(?:[^;{}()"]++|"(?:[^"\\]|\\.)*+"|(?&b)|(?&p))*+;/ if $how eq "statement";
    while ($text =~ /$pattern/g) {
      my ($begin, $end) = ($-[0], $+[0]);
      my $line = 1 + (substr($text, 0, $begin) =~ tr/\n//);
      (my $words = substr $text, $begin, $end - $begin) =~ s/\s+/ /g;
      print "$begin $end $line ", substr($words, 0, 70), "\n";
    }' "$1" "$2"
}

# without BEGIN END FILE: the text without that, and without the comma that belonged to it.
without() {
  perl -e '
    my ($begin, $end, $file) = @ARGV;
    open my $in, "<", $file or die "$file: $!"; local $/; my $text = <$in>;
    my ($before, $after) = (substr($text, 0, $begin), substr($text, $end));
    if (substr($text, $end - 1, 1) eq ";") { $before .= "{}" }
    else { $after =~ s/^\s*,// or $before =~ s/,\s*$// }
    print $before, $after;' "$@"
}

launcher=()
command -v ccache > /dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)

make_tree() {
  rm -rf "$tree"
  mkdir -p "$tree"
  git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -xf - -C "$tree"
  # a warning would be another reason not to compile
  (cd "$tree" && cmake --preset dev -B "$build" -DCWTSIM_WERROR=OFF "${launcher[@]}" > /dev/null)
}
tests_pass() {
  cmake --build "$build" --target experiment_tests report_tests > "$top/build.log" 2>&1 || return 2
  "$build/tests/experiment_tests" > "$top/tests.log" 2>&1 && "$build/tests/report_tests" >> "$top/tests.log" 2>&1
}

# judge FILE SOURCE...: "compiler", "tests" or "SURVIVED"; the file is the mutant.
judge() {
  local file=$1 source status=0
  shift
  for source in "$@"; do
    if ! (cd "$tree" && "${compiler[@]}" "$source") > "$top/build.log" 2>&1; then
      echo compiler
      return
    fi
  done
  touch "$tree/$file"
  tests_pass || status=$?
  case $status in
    0) echo SURVIVED ;;
    2) echo compiler ;;
    *) echo tests ;;
  esac
  touch "$tree/$file"  # what was built with the mutant is built again
}

make_tree
echo "Without any mutant:"
tests_pass || { tail -n 20 "$top/build.log" "$top/tests.log"; exit 1; }
echo "  the tests pass"

failed=0
lines=()
for entry in "${kinds[@]}"; do
  IFS=';' read -r name what files sources <<< "$entry"
  if [ $# -gt 0 ] && ! printf '%s\n' "$@" | grep -qxF "$name"; then continue; fi
  what=$(echo $what)
  start=$SECONDS compiled=0 tested=0 survived=0
  printf '\n%s\n' "$name"
  for file in $files; do
    while read -r begin end line words; do
      without "$begin" "$end" "$file" > "$top/mutant"
      cp -p "$tree/$file" "$top/whole"
      cat "$top/mutant" > "$tree/$file"
      verdict=$(judge "$file" $sources)
      [ "$verdict" = compiler ] && [ -n "$sources" ] && cp -p "$top/whole" "$tree/$file" || cp "$top/whole" "$tree/$file"
      case $verdict in
        compiler) compiled=$((compiled + 1)) ;;
        tests) tested=$((tested + 1)) ;;
        *) survived=$((survived + 1)) failed=1 ;;
      esac
      printf '  %-8s %s:%s: %s\n' "$verdict" "$file" "$line" "$words"
    done < <(places "$what" "$file")
  done
  lines+=("$(printf '%-22s %7d %9d %6d %9d %6d s' "$name" $((compiled + tested + survived)) "$compiled" "$tested" "$survived" $((SECONDS - start)))")
done

printf '\n%-22s %7s %9s %6s %9s\n' "taken out, one a time" mutants compiler tests survived
printf '%s\n' "${lines[@]}"
exit "$failed"
