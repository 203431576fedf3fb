#pragma once
// Choices of a scenario that are the same word in every room. Enumerators are spelled as in JSON.

#include <cstdint>

namespace cwtsim {

enum class RuleKind : std::uint8_t { move, capacity };               ///< what a rule does
enum class Order : std::uint8_t { arrival, priority, breach_date };  ///< who is taken next
enum class AtClosing : std::uint8_t { finish, pause, restart };      ///< what becomes of work in hand
enum class WhenFull : std::uint8_t { turn_away, hold };              ///< those who find the waiting room full
enum class CreditedTo : std::uint8_t { at_start, at_stop, shared };  ///< whose patient it is for a standard

}  // namespace cwtsim
