/// How many sessions a destination may have at a time, learnt from what becomes of them.
///
/// The feedback of Postfix's scheduler: each success widens the window by 1/window and each failure narrows it by as much,
/// a whole step at a time; as many failures in a row as the window is wide are a cohort, and after enough of them the
/// destination counts as dead until it is revived.
public struct ConcurrencyWindow: Hashable, Sendable {
  /// The limits of a window.
  public struct Limits: Hashable, Sendable {
    /// The width of a new window. Default 5.
    public var initial: Int
    /// The widest a window gets. Default 20.
    public var maximum: Int
    /// The failed cohorts after which a destination is dead. Default 1.
    public var failedCohorts: Int

    /// Limits.
    public init(initial: Int = 5, maximum: Int = 20, failedCohorts: Int = 1) {
      self.initial = max(initial, 1)
      self.maximum = max(maximum, 1)
      self.failedCohorts = max(failedCohorts, 1)
    }
  }

  /// The present width; 0 while the destination is dead.
  public private(set) var width: Int
  private let limits: Limits
  private var successes = 0.0
  private var failures = 0.0
  private var cohorts = 0.0

  /// A window of the initial width.
  public init(_ limits: Limits = Limits()) {
    self.limits = limits
    width = min(limits.initial, limits.maximum)
  }

  /// Whether the destination is dead.
  public var isDead: Bool { width == 0 }

  /// Notes a success while `busy` sessions were at work, that one included.
  ///
  /// A window that is not used does not widen: nothing was learnt about more sessions than there were.
  public mutating func succeed(busy: Int) {
    cohorts = 0
    guard width > 0 else { return revive() }
    failures = 0
    guard width < limits.maximum, width < busy + limits.initial else { return }
    successes += 1 / Double(width)
    guard successes >= 0.999_999 else { return }
    successes = 0
    width += 1
  }

  /// Notes a failure while `busy` sessions were at work, that one included, and says whether the destination is now dead.
  public mutating func fail(busy: Int) -> Bool {
    guard width > 0 else { return true }
    let cohort = Double(max(1, min(width, busy)))
    successes = 0
    cohorts += 1 / cohort
    if cohorts >= Double(limits.failedCohorts) - 0.000_001 {
      width = 0
      return true
    }
    failures += 1 / Double(width)
    if failures >= 0.999_999, width > 1 {
      failures = 0
      width -= 1
    }
    return false
  }

  /// Opens a dead destination for one session, whose fate decides.
  public mutating func revive() {
    guard width == 0 else { return }
    width = 1
    successes = 0
    failures = 0
    cohorts = 0
  }
}
