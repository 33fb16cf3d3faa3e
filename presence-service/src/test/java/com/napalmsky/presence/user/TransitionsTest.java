package com.napalmsky.presence.user;

import static com.napalmsky.presence.Cast.ANNA;
import static com.napalmsky.presence.Cast.BEN;
import static com.napalmsky.presence.Cast.OTHER_ROOM;
import static com.napalmsky.presence.Cast.ROOM;
import static com.napalmsky.presence.Cast.person;
import static com.napalmsky.presence.Cast.socket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.presence.user.UserEvent.AccessLost;
import com.napalmsky.presence.user.UserEvent.CallReleased;
import com.napalmsky.presence.user.UserEvent.CallRestored;
import com.napalmsky.presence.user.UserEvent.Expelled;
import com.napalmsky.presence.user.UserEvent.Joined;
import com.napalmsky.presence.user.UserEvent.Left;
import com.napalmsky.presence.user.UserEvent.ProfileChanged;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.QueueLeft;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.presence.user.UserEvent.SocketLost;
import com.napalmsky.presence.user.UserEvent.TimePassed;
import com.napalmsky.presence.user.UserState.Available;
import com.napalmsky.presence.user.UserState.Grace;
import com.napalmsky.presence.user.UserState.InCall;
import com.napalmsky.presence.user.UserState.Offline;
import com.napalmsky.presence.user.UserState.Online;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.user.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3);
  private static final Person NOW_SEEN = person(ANNA);
  private static final Person SEEN_ANEW = person(ANNA, "Anna the Second");
  private static final SocketRef OWN = socket(1);
  private static final SocketRef NEW = socket(9);

  private static final User GONE = User.GONE;
  private static final User HIDDEN = user(new Offline(), OWN);
  private static final User ONLINE = user(new Online(), OWN);
  private static final User AVAILABLE = queued(new Available(NOW_SEEN), OWN, OWN);
  private static final User IN_CALL = user(new InCall(ROOM, OWN), OWN);
  private static final User LOST_ONLINE = lost(new Online());
  private static final User LOST_AVAILABLE = lost(new Available(NOW_SEEN));
  private static final User LOST_IN_CALL = lost(new InCall(ROOM, OWN));

  private static final UserEvent CONNECT = new SocketAuthenticated(NEW);
  private static final UserEvent CONNECT_AGAIN = new SocketAuthenticated(OWN);
  private static final UserEvent LOSE = new SocketLost(OWN);
  private static final UserEvent JOIN = new Joined(OWN);
  private static final UserEvent LEAVE = new Left(OWN);
  private static final UserEvent ENTER = new QueueEntered(SEEN_ANEW, OWN);
  private static final UserEvent LEAVE_QUEUE = new QueueLeft(OWN);
  private static final UserEvent RELEASE = new CallReleased(ROOM);
  private static final UserEvent RELEASE_OTHER = new CallReleased(OTHER_ROOM);
  private static final UserEvent RESTORE = new CallRestored(OWN, ROOM);
  private static final UserEvent TIME = new TimePassed();
  private static final UserEvent PROFILE = new ProfileChanged(SEEN_ANEW);
  private static final UserEvent BAR = new AccessLost();
  private static final UserEvent EXPEL = new Expelled();

  private static final User SEEN_AVAILABLE = queued(new Available(SEEN_ANEW), OWN, OWN);

  private final Transitions transitions =
      new Transitions(2, Duration.ofSeconds(5), Duration.ofSeconds(10));

  /** Every state with every event; what is not there changes nothing. */
  static Stream<Arguments> table() {
    return Stream.of(
        row(GONE, CONNECT, user(new Online(), NEW)),
        row(GONE, CONNECT_AGAIN, ONLINE),
        row(GONE, LOSE, GONE),
        row(GONE, JOIN, GONE),
        row(GONE, LEAVE, GONE),
        row(GONE, ENTER, GONE),
        row(GONE, LEAVE_QUEUE, GONE),
        row(GONE, RELEASE, GONE),
        row(GONE, RELEASE_OTHER, GONE),
        row(GONE, RESTORE, GONE),
        row(GONE, TIME, GONE),
        row(GONE, PROFILE, GONE),
        row(GONE, BAR, GONE),
        row(GONE, EXPEL, GONE),
        row(HIDDEN, CONNECT, user(new Online(), OWN, NEW)),
        row(HIDDEN, CONNECT_AGAIN, HIDDEN),
        row(HIDDEN, LOSE, GONE),
        row(HIDDEN, JOIN, ONLINE),
        row(HIDDEN, LEAVE, HIDDEN),
        row(HIDDEN, ENTER, SEEN_AVAILABLE),
        row(HIDDEN, LEAVE_QUEUE, HIDDEN),
        row(HIDDEN, RELEASE, HIDDEN),
        row(HIDDEN, RELEASE_OTHER, HIDDEN),
        row(HIDDEN, RESTORE, IN_CALL),
        row(HIDDEN, TIME, HIDDEN),
        row(HIDDEN, PROFILE, HIDDEN),
        row(HIDDEN, BAR, HIDDEN),
        row(HIDDEN, EXPEL, GONE),
        row(ONLINE, CONNECT, user(new Online(), OWN, NEW)),
        row(ONLINE, CONNECT_AGAIN, ONLINE),
        row(ONLINE, LOSE, grace(new Online(), 5)),
        row(ONLINE, JOIN, ONLINE),
        row(ONLINE, LEAVE, HIDDEN),
        row(ONLINE, ENTER, SEEN_AVAILABLE),
        row(ONLINE, LEAVE_QUEUE, ONLINE),
        row(ONLINE, RELEASE, ONLINE),
        row(ONLINE, RELEASE_OTHER, ONLINE),
        row(ONLINE, RESTORE, IN_CALL),
        row(ONLINE, TIME, ONLINE),
        row(ONLINE, PROFILE, ONLINE),
        row(ONLINE, BAR, ONLINE),
        row(ONLINE, EXPEL, GONE),
        row(AVAILABLE, CONNECT, queued(new Available(NOW_SEEN), OWN, OWN, NEW)),
        row(AVAILABLE, CONNECT_AGAIN, AVAILABLE),
        row(AVAILABLE, LOSE, grace(new Available(NOW_SEEN), 5)),
        row(AVAILABLE, JOIN, AVAILABLE),
        row(AVAILABLE, LEAVE, queued(new Offline(), OWN, OWN)),
        row(AVAILABLE, ENTER, SEEN_AVAILABLE),
        row(AVAILABLE, LEAVE_QUEUE, queued(new Online(), OWN, OWN)),
        row(AVAILABLE, RELEASE, AVAILABLE),
        row(AVAILABLE, RELEASE_OTHER, AVAILABLE),
        row(AVAILABLE, RESTORE, AVAILABLE),
        row(AVAILABLE, TIME, AVAILABLE),
        row(AVAILABLE, PROFILE, SEEN_AVAILABLE),
        row(AVAILABLE, BAR, queued(new Online(), OWN, OWN)),
        row(AVAILABLE, EXPEL, GONE),
        row(IN_CALL, CONNECT, user(new InCall(ROOM, OWN), OWN, NEW)),
        row(IN_CALL, CONNECT_AGAIN, IN_CALL),
        row(IN_CALL, LOSE, grace(new InCall(ROOM, OWN), 10)),
        row(IN_CALL, JOIN, IN_CALL),
        row(IN_CALL, LEAVE, IN_CALL),
        row(IN_CALL, ENTER, IN_CALL),
        row(IN_CALL, LEAVE_QUEUE, IN_CALL),
        row(IN_CALL, RELEASE, ONLINE),
        row(IN_CALL, RELEASE_OTHER, IN_CALL),
        row(IN_CALL, RESTORE, IN_CALL),
        row(IN_CALL, TIME, IN_CALL),
        row(IN_CALL, PROFILE, IN_CALL),
        row(IN_CALL, BAR, IN_CALL),
        row(IN_CALL, EXPEL, GONE),
        row(LOST_ONLINE, CONNECT, user(new Online(), NEW)),
        row(LOST_ONLINE, CONNECT_AGAIN, ONLINE),
        row(LOST_ONLINE, LOSE, LOST_ONLINE),
        row(LOST_ONLINE, JOIN, LOST_ONLINE),
        row(LOST_ONLINE, LEAVE, LOST_ONLINE),
        row(LOST_ONLINE, ENTER, LOST_ONLINE),
        row(LOST_ONLINE, LEAVE_QUEUE, LOST_ONLINE),
        row(LOST_ONLINE, RELEASE, LOST_ONLINE),
        row(LOST_ONLINE, RELEASE_OTHER, LOST_ONLINE),
        row(LOST_ONLINE, RESTORE, LOST_ONLINE),
        row(LOST_ONLINE, TIME, LOST_ONLINE),
        row(LOST_ONLINE, PROFILE, LOST_ONLINE),
        row(LOST_ONLINE, BAR, LOST_ONLINE),
        row(LOST_ONLINE, EXPEL, GONE),
        row(LOST_AVAILABLE, CONNECT, queued(new Available(NOW_SEEN), NEW, NEW)),
        row(LOST_AVAILABLE, CONNECT_AGAIN, AVAILABLE),
        row(LOST_AVAILABLE, LOSE, LOST_AVAILABLE),
        row(LOST_AVAILABLE, JOIN, LOST_AVAILABLE),
        row(LOST_AVAILABLE, LEAVE, LOST_AVAILABLE),
        row(LOST_AVAILABLE, ENTER, LOST_AVAILABLE),
        row(LOST_AVAILABLE, LEAVE_QUEUE, LOST_AVAILABLE),
        row(LOST_AVAILABLE, RELEASE, LOST_AVAILABLE),
        row(LOST_AVAILABLE, RELEASE_OTHER, LOST_AVAILABLE),
        row(LOST_AVAILABLE, RESTORE, LOST_AVAILABLE),
        row(LOST_AVAILABLE, TIME, LOST_AVAILABLE),
        row(LOST_AVAILABLE, PROFILE, lost(new Available(SEEN_ANEW))),
        row(LOST_AVAILABLE, BAR, LOST_ONLINE),
        row(LOST_AVAILABLE, EXPEL, GONE),
        row(LOST_IN_CALL, CONNECT, user(new InCall(ROOM, NEW), NEW)),
        row(LOST_IN_CALL, CONNECT_AGAIN, IN_CALL),
        row(LOST_IN_CALL, LOSE, LOST_IN_CALL),
        row(LOST_IN_CALL, JOIN, LOST_IN_CALL),
        row(LOST_IN_CALL, LEAVE, LOST_IN_CALL),
        row(LOST_IN_CALL, ENTER, LOST_IN_CALL),
        row(LOST_IN_CALL, LEAVE_QUEUE, LOST_IN_CALL),
        row(LOST_IN_CALL, RELEASE, LOST_ONLINE),
        row(LOST_IN_CALL, RELEASE_OTHER, LOST_IN_CALL),
        row(LOST_IN_CALL, RESTORE, LOST_IN_CALL),
        row(LOST_IN_CALL, TIME, LOST_IN_CALL),
        row(LOST_IN_CALL, PROFILE, LOST_IN_CALL),
        row(LOST_IN_CALL, BAR, LOST_IN_CALL),
        row(LOST_IN_CALL, EXPEL, GONE));
  }

  @ParameterizedTest
  @MethodSource("table")
  void everyEventHasOneOutcomeInEveryState(User before, UserEvent event, User after) {
    assertThat(transitions.apply(before, event, NOW)).isEqualTo(Step.to(after));
  }

  @ParameterizedTest
  @MethodSource("table")
  void anEventThatComesTwiceAtOnceHasTheOutcomeOfOne(User before, UserEvent event) {
    User once = transitions.apply(before, event, NOW).user();

    assertThat(transitions.apply(once, event, NOW)).isEqualTo(Step.to(once));
  }

  @Test
  void theTableHasEveryStateWithEveryEvent() {
    Set<List<Class<?>>> covered = new HashSet<>();
    table()
        .map(Arguments::get)
        .forEach(
            row -> covered.add(List.of(((User) row[0]).state().getClass(), row[1].getClass())));

    Set<List<Class<?>>> all = new HashSet<>();
    for (Class<?> state : UserState.class.getNestMembers()) {
      for (Class<?> event : UserEvent.class.getPermittedSubclasses()) {
        if (state.isRecord()) {
          all.add(List.of(state, event));
        }
      }
    }
    assertThat(all).hasSize(5 * 12);
    assertThat(covered).isEqualTo(all);
  }

  @ParameterizedTest
  @MethodSource("users")
  void aWordOfASocketThatIsNotTheUsersChangesNothing(User before) {
    SocketRef stranger = socket(77);
    for (UserEvent word :
        List.of(
            new SocketLost(stranger),
            new Joined(stranger),
            new Left(stranger),
            new QueueEntered(SEEN_ANEW, stranger),
            new CallRestored(stranger, ROOM),
            new QueueLeft(stranger))) {
      assertThat(transitions.apply(before, word, NOW)).isEqualTo(Step.to(before));
    }
  }

  @Test
  void aGraceEndsAtItsDeadlineAndNotBefore() {
    assertThat(transitions.apply(LOST_AVAILABLE, TIME, LATER.minusMillis(1)).user())
        .isEqualTo(LOST_AVAILABLE);
    assertThat(transitions.apply(LOST_AVAILABLE, TIME, LATER).user()).isEqualTo(GONE);
  }

  @Test
  void oneOfTwoSocketsIsLostWithoutChangingTheState() {
    User before = queued(new Available(NOW_SEEN), socket(1), socket(1), socket(2));

    User after = transitions.apply(before, new SocketLost(socket(1)), NOW).user();

    assertThat(after).isEqualTo(user(new Available(NOW_SEEN), socket(2)));
    assertThat(after.primary()).isEqualTo(socket(2));
  }

  @Test
  void aFurtherSocketEvictsTheOldestThatIsNotThePrimaryOne() {
    User before = queued(new Available(NOW_SEEN), socket(1), socket(1), socket(2));

    Step step = transitions.apply(before, new SocketAuthenticated(socket(3)), NOW);

    assertThat(step.evicted()).isEqualTo(socket(2));
    assertThat(step.user().sockets().inOrder()).containsExactly(socket(1), socket(3));
    assertThat(step.user().primary()).isEqualTo(socket(1));
  }

  @Test
  void amongIdleSocketsTheOldestIsEvicted() {
    User before = user(new Online(), socket(1), socket(2));

    Step step = transitions.apply(before, new SocketAuthenticated(socket(3)), NOW);

    assertThat(step.evicted()).isEqualTo(socket(1));
  }

  @Test
  void theSocketOfACallIsNeverEvictedEvenIfItIsTheOldestAndAnotherOneQueued() {
    User before = queued(new InCall(ROOM, socket(1)), socket(2), socket(1), socket(2));

    Step step = transitions.apply(before, new SocketAuthenticated(socket(3)), NOW);

    assertThat(step.evicted()).isEqualTo(socket(2));
    assertThat(step.user()).isEqualTo(user(new InCall(ROOM, socket(1)), socket(1), socket(3)));
  }

  @Test
  void theQueueSocketOutlivesAnIdleOneDuringACall() {
    Transitions three = new Transitions(3, Duration.ofSeconds(5), Duration.ofSeconds(10));
    User before = queued(new InCall(ROOM, socket(3)), socket(1), socket(1), socket(2), socket(3));

    Step step = three.apply(before, new SocketAuthenticated(socket(4)), NOW);

    assertThat(step.evicted()).isEqualTo(socket(2));
  }

  @Test
  void aNewSocketTakesTheCallWhoseOwnSocketWasLostWhileAnotherOneRemained() {
    User before = user(new InCall(ROOM, socket(1)), socket(1), socket(2));

    User alone = transitions.apply(before, new SocketLost(socket(1)), NOW).user();
    User back = transitions.apply(alone, new SocketAuthenticated(socket(3)), NOW).user();

    assertThat(alone.primary()).isEqualTo(socket(2));
    assertThat(back.primary()).isEqualTo(socket(3));
    assertThat(back.call()).isEqualTo(new InCall(ROOM, socket(3)));
  }

  @Test
  void thePrimarySocketIsTheLastThatQueuedElseTheLastThatAuthenticated() {
    User twoTabs = user(new Online(), socket(1), socket(2));

    User queuedByFirst =
        transitions.apply(twoTabs, new QueueEntered(NOW_SEEN, socket(1)), NOW).user();
    User queuedBySecond =
        transitions.apply(queuedByFirst, new QueueEntered(NOW_SEEN, socket(2)), NOW).user();

    assertThat(twoTabs.primary()).isEqualTo(socket(2));
    assertThat(queuedByFirst.primary()).isEqualTo(socket(1));
    assertThat(queuedBySecond.primary()).isEqualTo(socket(2));
    assertThat(queuedBySecond.state()).isEqualTo(queuedByFirst.state());
  }

  @Test
  void aRestoredQueueSocketStaysPrimaryWhenAnotherTabOpens() {
    User back = transitions.apply(LOST_AVAILABLE, CONNECT, NOW).user();

    User twoTabs = transitions.apply(back, new SocketAuthenticated(socket(10)), NOW).user();

    assertThat(twoTabs.primary()).isEqualTo(NEW);
  }

  @ParameterizedTest
  @MethodSource("users")
  void aPairIsClaimedOnlyWhenBothAreAvailable(User other) {
    User ben = queued(new Available(person(BEN)), socket(5), socket(5));
    ClaimPair claim = new ClaimPair(OTHER_ROOM, ANNA, null, BEN, null);

    PairStep asFirst = transitions.claim(other, ben, claim);
    PairStep asSecond = transitions.claim(ben, other, claim);

    boolean free = other.state() instanceof Available;
    assertThat(asFirst.claimed()).isEqualTo(free);
    assertThat(asSecond.claimed()).isEqualTo(free);
    assertThat(asFirst.first().in(OTHER_ROOM)).isEqualTo(free);
    assertThat(asFirst.second().in(OTHER_ROOM)).isEqualTo(free);
    if (!free) {
      assertThat(asFirst).isEqualTo(new PairStep(false, other, ben));
      assertThat(asSecond).isEqualTo(new PairStep(false, ben, other));
    }
  }

  @Test
  void aClaimTakesTheSocketsNamedIfTheyAreTheUsersElseThePrimaryOnes() {
    User anna = queued(new Available(NOW_SEEN), socket(1), socket(1), socket(2));
    User ben = queued(new Available(person(BEN)), socket(5), socket(5), socket(6));

    PairStep step =
        transitions.claim(anna, ben, new ClaimPair(ROOM, ANNA, socket(2), BEN, socket(77)));

    assertThat(step.first().call()).isEqualTo(new InCall(ROOM, socket(2)));
    assertThat(step.second().call()).isEqualTo(new InCall(ROOM, socket(5)));
  }

  @Test
  void theSameClaimAgainIsClaimedWithTheSameSocketsEvenIfOneWasLostSince() {
    User ben = user(new InCall(ROOM, socket(5)), socket(5));

    PairStep step =
        transitions.claim(LOST_IN_CALL, ben, new ClaimPair(ROOM, ANNA, socket(1), BEN, socket(5)));

    assertThat(step).isEqualTo(new PairStep(true, LOST_IN_CALL, ben));
  }

  @Test
  void aStateWithoutTheSocketItNeedsCannotBeMade() {
    assertThatThrownBy(() -> new User(new Online(), Sockets.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> user(LOST_ONLINE.state(), OWN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Sockets(List.of(OWN), NEW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Transitions(1, Duration.ofSeconds(5), Duration.ofSeconds(5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<User> users() {
    return Stream.of(
        GONE, HIDDEN, ONLINE, AVAILABLE, IN_CALL, LOST_ONLINE, LOST_AVAILABLE, LOST_IN_CALL);
  }

  private static Arguments row(User before, UserEvent event, User after) {
    return Arguments.of(before, event, after);
  }

  private static User user(UserState state, SocketRef... sockets) {
    return new User(state, new Sockets(Arrays.asList(sockets), null));
  }

  private static User queued(UserState state, SocketRef queued, SocketRef... sockets) {
    return new User(state, new Sockets(Arrays.asList(sockets), queued));
  }

  /** In grace since some seconds ago, for three more. */
  private static User lost(UserState.Present previous) {
    return new User(new Grace(previous, LATER), Sockets.NONE);
  }

  /** In grace since now. */
  private static User grace(UserState.Present previous, int seconds) {
    return new User(new Grace(previous, NOW.plusSeconds(seconds)), Sockets.NONE);
  }
}
