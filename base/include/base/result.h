#pragma once

#include "base/error.h"

#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace segell::base {

/// A failure on its way into a Result; made by fail().
struct Failure {
  Error error;
};

[[nodiscard]] inline Failure fail(Code code, std::string_view reason, std::string message, std::string hint = {}) {
  return {Error{code, reason, std::move(message), std::move(hint)}};
}
[[nodiscard]] inline Failure fail(Error error) { return {std::move(error)}; }

/// A value or the Error that stands in its place (the part of std::expected that C++20 lacks). Reading the wrong side
/// throws std::logic_error: that is a defect of the reader, not an expected failure. A union of its own, since nearly
/// every source instantiates it and std::variant costs each of them a tenth of its compilation.
template <class T>
class [[nodiscard]] Result {
  static_assert(std::is_nothrow_move_constructible_v<T>, "a Result that moves must not lose its value on the way");

 public:
  using value_type = T;

  template <class U = T, class = std::enable_if_t<std::is_constructible_v<T, U&&> &&
                                                  !std::is_same_v<std::remove_cvref_t<U>, Result> &&
                                                  !std::is_same_v<std::remove_cvref_t<U>, Failure>>>
  Result(U&& value) : m_value(std::forward<U>(value)), m_has_value(true) {}           // NOLINT
  Result(Failure failure) : m_error(std::move(failure.error)), m_has_value(false) {}  // NOLINT
  Result(const Result& other) requires std::is_copy_constructible_v<T> : m_has_value(other.m_has_value) {
    if (m_has_value)
      std::construct_at(std::addressof(m_value), other.m_value);
    else
      std::construct_at(std::addressof(m_error), other.m_error);
  }
  Result(Result&& other) noexcept : m_has_value(other.m_has_value) { take(other); }
  Result& operator=(Result other) noexcept {
    destroy();
    m_has_value = other.m_has_value;
    take(other);
    return *this;
  }
  ~Result() { destroy(); }

  [[nodiscard]] bool has_value() const noexcept { return m_has_value; }
  explicit operator bool() const noexcept { return m_has_value; }

  T& value() & { return *require(); }
  const T& value() const& { return *const_cast<Result*>(this)->require(); }
  T&& value() && { return std::move(*require()); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return require(); }
  const T* operator->() const { return const_cast<Result*>(this)->require(); }

  [[nodiscard]] const Error& error() const& {
    if (m_has_value) throw std::logic_error("Result::error on a value");
    return m_error;
  }
  [[nodiscard]] Error&& error() && { return std::move(const_cast<Error&>(std::as_const(*this).error())); }

  template <class U>
  [[nodiscard]] T value_or(U&& fallback) const& {
    return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
  }

 private:
  T* require() {
    if (m_has_value) return std::addressof(m_value);
    throw std::logic_error("Result::value on a failure: " + m_error.message);
  }
  void take(Result& other) noexcept {
    if (m_has_value)
      std::construct_at(std::addressof(m_value), std::move(other.m_value));
    else
      std::construct_at(std::addressof(m_error), std::move(other.m_error));
  }
  void destroy() noexcept {
    if (m_has_value)
      std::destroy_at(std::addressof(m_value));
    else
      std::destroy_at(std::addressof(m_error));
  }

  union {
    T m_value;
    Error m_error;
  };
  bool m_has_value;
};

/// Success without a value: `Result<void>` with `return ok();`.
struct Ok {};
inline constexpr Ok ok() { return {}; }

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  Result() = default;
  Result(Ok) {}                                                                   // NOLINT(google-explicit-constructor)
  Result(Failure failure) : m_failed(true), m_error(std::move(failure.error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const noexcept { return !m_failed; }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const Error& error() const& {
    if (!m_failed) throw std::logic_error("Result::error on a value");
    return m_error;
  }
  [[nodiscard]] Error&& error() && { return std::move(const_cast<Error&>(std::as_const(*this).error())); }

 private:
  bool m_failed = false;
  Error m_error;
};

}  // namespace segell::base

#define SEGELL_CONCAT_(a, b) a##b
#define SEGELL_CONCAT(a, b) SEGELL_CONCAT_(a, b)

/// `SEGELL_TRY(auto x, compute());` declares x with the value, or returns the failure from the enclosing function.
#define SEGELL_TRY(declaration, expression) \
  SEGELL_TRY_(SEGELL_CONCAT(segell_result_, __COUNTER__), declaration, expression)
#define SEGELL_TRY_(result, declaration, expression)                   \
  auto result = (expression);                                          \
  if (!result) return ::segell::base::fail(std::move(result).error()); \
  declaration = *std::move(result)

/// `SEGELL_CHECK(act());` goes on after a success, or returns the failure from the enclosing function.
#define SEGELL_CHECK(expression) SEGELL_CHECK_(SEGELL_CONCAT(segell_result_, __COUNTER__), expression)
#define SEGELL_CHECK_(result, expression)                   \
  if (auto result = (expression); !result) {                \
    return ::segell::base::fail(std::move(result).error()); \
  }                                                         \
  static_assert(true, "a semicolon follows")
