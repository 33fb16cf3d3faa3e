package com.napalmsky.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.user.UserStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenAccessTest {

  @RegisterExtension static final UserStage stage = new UserStage("ACCESS_MODE", "open");

  @Test
  void everyNewcomerMayUseEverything() {
    assertThat(stage.signUp("Ada").session().paidStatus()).isEqualTo(PaidStatus.QR_VERIFIED);
  }

  @Test
  void aCodeIsCheckedAllTheSame() {
    stage.code("AAAABBBBCCCCDDDD", 1);

    assertThat(stage.signUp("Ada", null, "AAAABBBBCCCCDDDD").session().paidStatus())
        .isEqualTo(PaidStatus.QR_VERIFIED);
    assertThat(stage.signUp("Ada", null, "AAAABBBBCCCCDDDD").outcome())
        .isEqualTo(SignUpOutcome.CODE_REFUSED);
  }
}
