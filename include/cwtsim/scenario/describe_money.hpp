#pragma once
// The declaration of ledgers.

#include "cwtsim/scenario/doc.hpp"

namespace cwtsim::scenario {

template <class V>
void describe(V& v, Ledger& l) {
  v.about("ledger", "An account to which costs are added up, in pence.");
  v.field("label", l.label, Doc{.text = "its name in reports", .example = "\"Cash\""});
  v.field("kind", l.kind,
          Doc{.text = "money spent, the worth of time used, or money that comes in", .example = "\"cash\""});
  v.evidence(l.evidence);
}

}  // namespace cwtsim::scenario
