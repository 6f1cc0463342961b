// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Booking} from "./Booking.sol";
import {DistributorBooks} from "./DistributorBooks.sol";
import {IDistributor} from "./IDistributor.sol";

/// @title Money that nobody claimed moves by the deal's written rule only: years, two people, a delay, one account
abstract contract UnclaimedMoney is DistributorBooks, AccessManaged, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    mapping(uint256 tranche => mapping(uint32 period => UnclaimedProposal)) private _proposals;

    /// @inheritdoc IDistributor
    function proposeUnclaimed(uint256 tranche, uint32 period) external restricted {
        require(_proposals[tranche][period].proposer == address(0), AlreadyProposed(tranche, period));
        Booking booking = _entry(tranche, period).booking;
        _requireLeft(tranche, period, booking);
        // The whole day of the settlement counts for the holders.
        uint256 from = (booking.day() + 1 + UNCLAIMED_AFTER) * 1 days;
        require(block.timestamp >= from, NotYetUnclaimed(tranche, period, from));
        _proposals[tranche][period].proposer = msg.sender;
        emit UnclaimedProposed(tranche, period, msg.sender);
    }

    /// @inheritdoc IDistributor
    function approveUnclaimed(uint256 tranche, uint32 period) external restricted {
        UnclaimedProposal memory proposal = _proposals[tranche][period];
        require(proposal.proposer != address(0), NotProposed(tranche, period));
        require(proposal.movableFrom == 0, AlreadyProposed(tranche, period));
        require(proposal.proposer != msg.sender, SamePerson(msg.sender));
        uint256 from = block.timestamp + UNCLAIMED_DELAY * 1 days;
        _proposals[tranche][period].movableFrom = uint40(from);
        emit UnclaimedApproved(tranche, period, msg.sender, from);
    }

    /// @inheritdoc IDistributor
    function cancelUnclaimed(uint256 tranche, uint32 period) external restricted {
        require(_proposals[tranche][period].proposer != address(0), NotProposed(tranche, period));
        delete _proposals[tranche][period];
        emit UnclaimedCancelled(tranche, period, msg.sender);
    }

    /// @inheritdoc IDistributor
    function moveUnclaimed(uint256 tranche, uint32 period) external nonReentrantView returns (uint256 amount) {
        uint256 from = _proposals[tranche][period].movableFrom;
        require(from != 0 && block.timestamp >= from, NotMovable(tranche, period, from));
        Entry storage entry = _entry(tranche, period);
        (uint256 interest, uint256 principal) = _requireLeft(tranche, period, entry.booking);
        entry.booking = entry.booking.move();
        delete _proposals[tranche][period];
        emit UnclaimedMoved(tranche, period, UNCLAIMED_TO, interest * grain, principal * grain);
        amount = (interest + principal) * grain;
        cash.safeTransfer(UNCLAIMED_TO, amount);
    }

    /// @inheritdoc IDistributor
    function unclaimedProposal(uint256 tranche, uint32 period) external view returns (UnclaimedProposal memory) {
        return _proposals[tranche][period];
    }

    /// @dev What holders have not taken, in grains; reverts when there is nothing of it.
    function _requireLeft(
        uint256 tranche,
        uint32 period,
        Booking booking
    ) private view returns (uint256 interest, uint256 principal) {
        if (booking.isOpen()) (interest, principal) = booking.left(GRAINS_PER_CENT, _supplyAt(tranche, period));
        require(interest | principal != 0, NothingUnclaimed(tranche, period));
    }
}
