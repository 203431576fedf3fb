#pragma once
// Tells what happens to each patient: to whoever wants a trace, and to the checks of builds that have them.

#include "checks.hpp"
#include "cwtsim/engine/trace.hpp"
#include "now.hpp"
#include "patient.hpp"

namespace cwtsim::engine {

class Log {
 public:
  Log(Now const& now, Checks& checks) : now_(now), checks_(checks) {}
  void write_to(Trace* trace) { trace_ = trace; }

  [[gnu::always_inline]] inline void note(Happening what, Patient const& p, model::Index16 step) {
    if (trace_ != nullptr) [[unlikely]]
      trace_->push_back({p.key, now_.tick, step, p.provider, what});
    checks_.see(what, p, step);
  }
  /// One that waits leaves its list because the patient ends: no moment of its own.
  void note_withdrawn(Patient const& p) { checks_.see_off_list(p); }

 private:
  Now const& now_;
  Checks& checks_;
  Trace* trace_ = nullptr;
};

}  // namespace cwtsim::engine
